import type { MenuEntry, RoleId } from './contract/session.ts';

/** Everything a person can do here, and which roles may. A role is held at a place; `access.ts` adds the place. */
const rolesByAct = {
	answer: ['teacher'],
	'see-own-profile': ['teacher'],
	'see-schools': ['school_coordinator', 'methodist', 'leader', 'regional_viewer', 'admin'],
	'see-staff': ['school_coordinator', 'methodist', 'admin'],
	'import-registry': ['methodist', 'admin'],
	'import-results': ['methodist'],
	'see-imports': ['methodist', 'admin'],
	'withdraw-batch': ['methodist'],
	'see-campaigns': ['school_coordinator', 'methodist', 'leader'],
	'run-campaign': ['methodist'],
	'decide-campaign': ['methodist', 'leader'],
	'make-links': ['methodist'],
	observe: ['methodist'],
	'see-participation': ['school_coordinator', 'methodist'],
	'see-instruments': ['methodist', 'leader'],
	'see-individual': ['methodist'],
	'edit-instruments': ['methodist'],
	'review-instruments': ['methodist', 'leader'],
	'see-procedures': ['school_coordinator', 'methodist', 'leader', 'regional_viewer', 'admin'],
	'see-replies': ['school_coordinator', 'methodist', 'leader'],
	reply: ['school_coordinator'],
	'see-remarkings': ['school_coordinator', 'methodist', 'leader'],
	'record-remarking': ['methodist', 'leader'],
	'see-plans': ['school_coordinator', 'methodist', 'leader'],
	'draft-plan': ['methodist', 'leader'],
	'decide-plan': ['methodist', 'leader'],
	'report-measure': ['school_coordinator', 'methodist', 'leader'],
	'see-risks': ['school_coordinator', 'methodist', 'leader'],
	'propose-risks': ['methodist', 'leader'],
	'verify-risks': ['school_coordinator'],
	'change-risk-factors': ['methodist'],
	'ask-analytics': ['teacher', 'school_coordinator', 'methodist', 'leader', 'regional_viewer'],
	'manage-accounts': ['admin'],
	'see-settings': ['admin'],
	'see-log': ['admin', 'auditor'],
} as const satisfies Record<string, readonly RoleId[]>;

export type Act = keyof typeof rolesByAct;

export function mayDo(role: RoleId, act: Act): boolean {
	return (rolesByAct[act] as readonly RoleId[]).includes(role);
}

export function listActs(role: RoleId): Act[] {
	return (Object.keys(rolesByAct) as Act[]).filter((act) => mayDo(role, act));
}

/** No role sees an entry that it cannot use. */
const menus: Record<RoleId, MenuEntry[]> = {
	teacher: ['my_diagnostics', 'my_profile'],
	school_coordinator: ['school', 'campaigns', 'plans', 'explore', 'people'],
	methodist: [
		'today',
		'campaigns',
		'observations',
		'workshop',
		'explore',
		'schools',
		'imports',
		'plans',
		'people',
	],
	leader: ['today', 'explore', 'schools', 'campaigns', 'workshop', 'plans'],
	regional_viewer: ['today', 'explore', 'schools'],
	admin: ['settings', 'people', 'schools', 'imports', 'log'],
	auditor: ['log'],
};

export const findMenu = (role: RoleId): MenuEntry[] => menus[role];

/** The first screen of a role; a coordinator lands on the own school. */
export function findLanding(role: RoleId, places: readonly string[]): string {
	switch (role) {
		case 'teacher':
			return '/my';
		case 'school_coordinator':
			return `/school/${places.find((place) => place.startsWith('school/'))?.slice('school/'.length) ?? ''}`;
		case 'methodist':
			return '/campaigns';
		case 'leader':
		case 'regional_viewer':
			return '/today';
		case 'admin':
			return '/settings';
		case 'auditor':
			return '/log';
	}
}
