import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut: nothing that goes through it gets to the server then, whoever asks. */
export interface BreakableNetwork {
	address: string;
	/** Drops every connection and takes no new ones. */
	cut(): Promise<void>;
	/** Takes connections again, under the same address. */
	mend(): Promise<void>;
	/** The same page of the server, reached through this way. */
	through(url: string): string;
}

/**
 * Stands between a browser and a server of this machine, at the level of TCP. Playwright's offline mode cuts pages alone;
 * here the service worker loses the network as well, as on a phone without a signal.
 */
export async function breakableNetwork(server: string): Promise<BreakableNetwork> {
	const target = Number(new URL(server).port);
	const open = new Set<Socket>();
	const way: Server = createServer((near) => {
		const far = connect(target, '127.0.0.1');
		for (const [socket, other] of [
			[near, far],
			[far, near],
		] as const) {
			open.add(socket);
			socket.pipe(other);
			socket.on('error', () => other.destroy());
			socket.on('close', () => {
				open.delete(socket);
				other.destroy();
			});
		}
	});
	const listen = (port: number) =>
		new Promise<void>((resolve, reject) => {
			way.once('error', reject);
			way.listen(port, '127.0.0.1', resolve);
		});
	await listen(0);
	const { port } = way.address() as AddressInfo;
	const address = `http://127.0.0.1:${port}`;
	return {
		address,
		cut: () =>
			new Promise((resolve) => {
				way.close(() => resolve());
				for (const socket of open) socket.destroy();
			}),
		mend: () => listen(port),
		through: (url) => url.replace(server, address),
	};
}
