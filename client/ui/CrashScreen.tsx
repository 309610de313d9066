import { Component, type ReactNode } from 'react';
import { ProblemNote } from './ProblemNote.tsx';

/** The last net: a fault in a page leaves words and a way out instead of an empty screen. */
export class CrashScreen extends Component<{ children: ReactNode }, { fault: unknown }> {
	override state: { fault: unknown } = { fault: null };

	static getDerivedStateFromError(fault: unknown) {
		return { fault };
	}

	override render() {
		if (this.state.fault === null) return this.props.children;
		return (
			<main style={{ maxWidth: 560, margin: '64px auto', padding: 16 }}>
				<ProblemNote problem={this.state.fault} retry={() => window.location.reload()} />
			</main>
		);
	}
}
