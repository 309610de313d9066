import {
	IconAdjustmentsHorizontal,
	IconBuildingCommunity,
	IconClipboardList,
	IconCompass,
	IconEye,
	IconFileImport,
	IconHammer,
	IconHistory,
	IconListCheck,
	type IconProps,
	IconSchool,
	IconSun,
	IconUser,
	IconUserCircle,
	IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { MenuEntry, SessionBody } from '#server/contract/session.ts';

/** Address and sign of each menu entry; its word is `menu.<entry>` of the common texts. */
const entries: Record<MenuEntry, { to: string; icon: ComponentType<IconProps> }> = {
	my_diagnostics: { to: '/my', icon: IconClipboardList },
	my_profile: { to: '/my/profile', icon: IconUserCircle },
	school: { to: '/school', icon: IconSchool },
	today: { to: '/today', icon: IconSun },
	campaigns: { to: '/campaigns', icon: IconClipboardList },
	workshop: { to: '/workshop', icon: IconHammer },
	observations: { to: '/observations', icon: IconEye },
	explore: { to: '/explore', icon: IconCompass },
	schools: { to: '/schools', icon: IconBuildingCommunity },
	people: { to: '/people', icon: IconUsers },
	imports: { to: '/imports', icon: IconFileImport },
	plans: { to: '/plans', icon: IconListCheck },
	settings: { to: '/settings', icon: IconAdjustmentsHorizontal },
	log: { to: '/log', icon: IconHistory },
};

export interface MenuLine {
	entry: MenuEntry;
	to: string;
	icon: ComponentType<IconProps>;
}

/** The menu of the active role, in the order that the server gives. */
export function menuOf(session: SessionBody): MenuLine[] {
	return session.menu.map((entry) => ({
		entry,
		icon: entries[entry]?.icon ?? IconUser,
		// a school's own people land on its card
		to:
			entry === 'school' && session.landing.startsWith('/school/')
				? session.landing
				: (entries[entry]?.to ?? '/'),
	}));
}
