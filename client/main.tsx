import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import './theme/base.css';
import { ApiProblem } from './api.ts';
import { startTexts } from './i18n.ts';
import { reloadWhenReplaced } from './offline/start-worker.ts';
import { AppRoutes } from './routes.tsx';
import { SessionProvider } from './session.tsx';
import { startScheme } from './theme/scheme.ts';
import { CrashScreen } from './ui/CrashScreen.tsx';
import { Loading } from './ui/Loading.tsx';
import { ProblemNote } from './ui/ProblemNote.tsx';

startScheme();
reloadWhenReplaced();
await startTexts();

const queries = new QueryClient({
	defaultOptions: {
		queries: {
			staleTime: 15_000,
			// a refusal stays a refusal; a lost connection is tried again
			retry: (count, error) => count < 2 && error instanceof ApiProblem && error.isOffline,
			networkMode: 'always',
		},
		mutations: { networkMode: 'always' },
	},
});

createRoot(document.getElementById('root')!).render(
	<StrictMode>
		<QueryClientProvider client={queries}>
			<CrashScreen>
				<Suspense fallback={<Loading shape="page" />}>
					<SessionProvider
						loading={<Loading shape="page" />}
						failed={(problem, retry) => (
							<main style={{ maxWidth: 560, margin: '64px auto', padding: 16 }}>
								<ProblemNote problem={problem} retry={retry} />
							</main>
						)}
					>
						<BrowserRouter>
							<AppRoutes />
						</BrowserRouter>
					</SessionProvider>
				</Suspense>
			</CrashScreen>
		</QueryClientProvider>
	</StrictMode>,
);
