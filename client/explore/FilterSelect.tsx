import { NativeSelect } from '@mantine/core';
import { useFilterValues } from '../chart/catalogue.ts';

/** One filter of a module as a list of its values; nothing where there is no choice. */
export function FilterSelect(props: {
	module: string;
	filter: string;
	label: string;
	/** what stands there while nothing is chosen */
	any: string;
	value: string | null;
	onChange: (value: string | null) => void;
}) {
	const options = useFilterValues(props.module).data?.[props.filter] ?? [];
	if (options.length <= 1) return null;
	return (
		<NativeSelect
			label={props.label}
			value={props.value ?? ''}
			onChange={(event) => props.onChange(event.currentTarget.value || null)}
			data={[
				{ value: '', label: props.any },
				...options.map(({ value, label }) => ({ value: String(value), label })),
			]}
		/>
	);
}
