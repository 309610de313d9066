import '@mantine/core/styles.css';
import { MantineProvider } from '@mantine/core';
import { type ComponentType, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { staffTheme, staffVariables } from './theme/mantine.ts';
import { useScheme } from './theme/scheme.ts';
import { Loading } from './ui/Loading.tsx';
import { MissingPage } from './ui/MissingPage.tsx';
import { StaffShell } from './ui/StaffShell.tsx';

/** Pages of staff: address → file and component. A page arrives when its address is first opened. */
const pages: Record<string, ComponentType> = {};

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
