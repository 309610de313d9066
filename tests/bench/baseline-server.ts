import express from 'express';

/**
 * The route of submissions without anything behind it: the body is read and parsed, a reply of the same shape goes back.
 * A process of its own, as the real server is.
 */
const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use(express.json({ limit: '1mb' }));
app.post('/api/my/diagnostics/:campaign/:instrument/response', (_request, response) => {
	response.status(201).json({ submitted_at: new Date().toISOString(), sequence: 1 });
});
const server = app.listen(0, '127.0.0.1', () => {
	const address = server.address();
	if (typeof address === 'object' && address) process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
