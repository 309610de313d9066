import type { AnalyticsModule, ModulePresets } from './module.ts';

/** The presets of a module as they hold in this installation. */
export function presetsOf(
	{ id, presets }: AnalyticsModule,
	modulePresets: ModulePresets = {},
): AnalyticsModule['presets'] {
	return { ...presets, ...modulePresets[id] };
}
