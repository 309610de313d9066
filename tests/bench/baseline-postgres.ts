import express from 'express';
import pg from 'pg';

/**
 * What one would write first: the body goes into PostgreSQL in a transaction of its own, from a pool of 32, without any
 * check of who sends it or what it says.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 32 });
await pool.query(`create table if not exists submission (
	id text primary key, campaign text not null, instrument text not null, answers text not null, submitted_at text not null)`);
const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use(express.json({ limit: '1mb' }));
app.post('/api/my/diagnostics/:campaign/:instrument/response', async (request, response) => {
	const { campaign, instrument } = request.params;
	const { response_id, answers } = request.body;
	const submitted_at = new Date().toISOString();
	await pool.query({
		name: 'store',
		text: 'insert into submission values ($1, $2, $3, $4, $5) on conflict do nothing',
		values: [response_id, campaign, instrument, JSON.stringify(answers), submitted_at],
	});
	response.status(201).json({ submitted_at, sequence: 1 });
});
const server = app.listen(0, '127.0.0.1', () => {
	const address = server.address();
	if (typeof address === 'object' && address) process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
