import { Loading } from '../ui/Loading.tsx';

export function DiagnosticPage() {
	return <Loading shape="page" />;
}
