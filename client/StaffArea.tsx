import '@mantine/core/styles.css';
import { MantineProvider } from '@mantine/core';
import { type ComponentType, lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { staffTheme, staffVariables } from './theme/mantine.ts';
import { useScheme } from './theme/scheme.ts';
import { Loading } from './ui/Loading.tsx';
import { MissingPage } from './ui/MissingPage.tsx';
import { OfflinePage } from './ui/OfflinePage.tsx';
import { StaffShell } from './ui/StaffShell.tsx';

const page = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
	lazy(async () => {
		try {
			return { default: (await load())[name] };
		} catch (fault) {
			if (navigator.onLine) throw fault;
			return { default: OfflinePage };
		}
	});

const RiskProfilePage = page(() => import('./support/RiskProfilePage.tsx'), 'RiskProfilePage');
const SchoolCardPage = page(() => import('./registry/SchoolCardPage.tsx'), 'SchoolCardPage');

/** Pages of staff: address → file and component. A page arrives when its address is first opened. */
const pages: Record<string, ComponentType> = {
	'/today': page(() => import('./dashboard/TodayPage.tsx'), 'TodayPage'),
	'/explore': page(() => import('./explore/ExplorePage.tsx'), 'ExplorePage'),
	'/feedback': page(() => import('./explore/FeedbackPage.tsx'), 'FeedbackPage'),
	'/quality': page(() => import('./explore/QualityPage.tsx'), 'QualityPage'),
	'/instrument': page(() => import('./explore/InstrumentPage.tsx'), 'InstrumentPage'),
	'/modules': page(() => import('./explore/ModuleListPage.tsx'), 'ModuleListPage'),
	'/modules/:id': page(() => import('./explore/ModulePage.tsx'), 'ModulePage'),
	'/schools/:id': SchoolCardPage,
	'/schools/:id/risks': RiskProfilePage,
	'/risk-factors/:municipality': page(() => import('./support/RiskFactorsPage.tsx'), 'RiskFactorsPage'),
	'/campaigns': page(() => import('./campaigns/CampaignListPage.tsx'), 'CampaignListPage'),
	'/campaigns/new': page(() => import('./campaigns/CampaignNewPage.tsx'), 'CampaignNewPage'),
	'/campaigns/:id/change': page(() => import('./campaigns/CampaignNewPage.tsx'), 'CampaignNewPage'),
	'/campaigns/:id': page(() => import('./campaigns/CampaignPage.tsx'), 'CampaignPage'),
	'/workshop': page(() => import('./workshop/WorkshopPage.tsx'), 'WorkshopPage'),
	'/workshop/new': page(() => import('./workshop/NewInstrumentPage.tsx'), 'NewInstrumentPage'),
	'/workshop/drafts/:id': page(() => import('./workshop/DraftPage.tsx'), 'DraftPage'),
	'/workshop/versions/:instrument/:version': page(() => import('./workshop/VersionPage.tsx'), 'VersionPage'),
	'/observations': page(() => import('./observations/ObservationListPage.tsx'), 'ObservationListPage'),
	'/observations/:campaign/:participant/:instrument': page(
		() => import('./observations/ObservationPage.tsx'),
		'ObservationPage',
	),
	'/imports': page(() => import('./results/ImportsPage.tsx'), 'ImportsPage'),
	'/imports/procedures': page(() => import('./results/ProceduresPage.tsx'), 'ProceduresPage'),
	'/imports/:id': page(() => import('./results/ImportJobPage.tsx'), 'ImportJobPage'),
	'/plans': page(() => import('./support/PlanListPage.tsx'), 'PlanListPage'),
	'/plans/new': page(() => import('./support/PlanNewPage.tsx'), 'PlanNewPage'),
	'/plans/:id': page(() => import('./support/PlanPage.tsx'), 'PlanPage'),
	'/schools': page(() => import('./registry/SchoolListPage.tsx'), 'SchoolListPage'),
	'/people/agreed': page(() => import('./registry/AgreedPage.tsx'), 'AgreedPage'),
	'/people/:id/results': page(() => import('./registry/PersonResultsPage.tsx'), 'PersonResultsPage'),
	'/people': page(() => import('./registry/PeoplePage.tsx'), 'PeoplePage'),
	'/settings': page(() => import('./administration/SettingsPage.tsx'), 'SettingsPage'),
	'/log': page(() => import('./administration/LogPage.tsx'), 'LogPage'),
	// where the people of one school land
	'/school/:id': SchoolCardPage,
};

/** Everything behind the staff menu: Mantine with our tokens, the shell, the pages. */
export function StaffArea() {
	const { scheme } = useScheme();
	return (
		<MantineProvider theme={staffTheme} cssVariablesResolver={staffVariables} forceColorScheme={scheme}>
			<StaffShell>
				<Suspense fallback={<Loading shape="page" />}>
					<Routes>
						{Object.entries(pages).map(([path, Page]) => (
							<Route key={path} path={path} element={<Page />} />
						))}
						<Route path="*" element={<MissingPage />} />
					</Routes>
				</Suspense>
			</StaffShell>
		</MantineProvider>
	);
}
