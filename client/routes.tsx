import { type ComponentType, lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { TeacherShell } from './diagnostics/TeacherShell.tsx';
import { LinkPage } from './session/LinkPage.tsx';
import { SignInPage } from './session/SignInPage.tsx';
import { useSession } from './session.tsx';
import { Loading } from './ui/Loading.tsx';

/** A page that arrives when its address is first opened. */
const page = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
	lazy(() => load().then((file) => ({ default: file[name] })));

const MyDiagnostics = page(() => import('./diagnostics/MyDiagnostics.tsx'), 'MyDiagnostics');
const DiagnosticPage = page(() => import('./diagnostics/DiagnosticPage.tsx'), 'DiagnosticPage');
const MyProfile = page(() => import('./diagnostics/MyProfile.tsx'), 'MyProfile');
const ExplanationsPage = page(() => import('./diagnostics/ExplanationsPage.tsx'), 'ExplanationsPage');
const MyData = page(() => import('./diagnostics/MyData.tsx'), 'MyData');
// what the workshop shows in a frame may hold any type of question
const SurveyPreview = page(() => import('./diagnostics/SurveyPreview.tsx?rare'), 'SurveyPreview');
const StaffArea = page(() => import('./StaffArea.tsx'), 'StaffArea');

/**
 * Addresses of everyone. One who answers gets the light shell and never the library of the staff area;
 * the staff area (StaffArea.tsx) holds its own list of addresses.
 */
export function AppRoutes() {
	const { session } = useSession();
	return (
		<Suspense fallback={<Loading shape="page" />}>
			<Routes>
				<Route path="/sign-in" element={<SignInPage />} />
				<Route path="/link" element={<LinkPage />} />
				<Route path="/preview" element={<SurveyPreview />} />
				{session ? (
					<>
						<Route path="/" element={<Navigate to={session.landing} replace />} />
						<Route element={<TeacherShell />}>
							<Route path="/my" element={<MyDiagnostics />} />
							<Route path="/my/profile" element={<MyProfile />} />
							<Route path="/my/profile/:campaign/:instrument" element={<ExplanationsPage />} />
							<Route path="/my/data" element={<MyData />} />
							<Route path="/my/:campaign/:instrument" element={<DiagnosticPage />} />
						</Route>
						<Route path="*" element={<StaffArea />} />
					</>
				) : (
					<Route path="*" element={<ToSignIn />} />
				)}
			</Routes>
		</Suspense>
	);
}

/** After signing in one comes back to where one wanted to go. */
function ToSignIn() {
	const { pathname, search } = useLocation();
	const wanted = `${pathname}${search}`;
	return <Navigate to="/sign-in" replace state={wanted === '/' ? undefined : { wanted }} />;
}
