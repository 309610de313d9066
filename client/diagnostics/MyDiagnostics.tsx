import { Loading } from '../ui/Loading.tsx';

export function MyDiagnostics() {
	return <Loading shape="page" />;
}
