import { Loading } from '../ui/Loading.tsx';

export function MyProfile() {
	return <Loading shape="page" />;
}
