import { Router } from 'express';
import { appendAudit } from '#data/records/audit.ts';
import { namesOfAccounts } from '#data/records/registry/accounts.ts';
import { listProcedures } from '#data/records/results/procedures.ts';
import { listReplies, recordReply } from '#data/records/results/replies.ts';
import type { FlagReplyRow } from '#data/records/results/tables.ts';
import { demandAct, demandSchool } from '../access.ts';
import { type ProcedureItem, type ReplyItem, replyBody, resultsRoutes } from '../contract/results.ts';
import type { Floors } from '../floors.ts';
import { parseBody } from '../parse.ts';
import { countResults } from '../result-counts.ts';
import { askerOf, whoOf } from '../session.ts';

export function resultsRouter({ records }: Floors): Router {
	const { db } = records;
	const router = Router();

	router.get(resultsRoutes.procedures.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-procedures');
		const [procedures, counts] = await Promise.all([listProcedures(db), countResults(db, asker.places)]);
		response.json(
			procedures.map(
				({ id, items: _, ...procedure }): ProcedureItem => ({
					procedure_id: id,
					...procedure,
					results: counts.get(id) ?? 0,
				}),
			),
		);
	});

	router.get(resultsRoutes.replies.path, async (request, response) => {
		const school = await demandSchool(db, askerOf(response), 'see-replies', String(request.params.id));
		response.json(await describeReplies(await listReplies(db, [`school/${school.id}`])));
	});

	router.post(resultsRoutes.reply.path, async (request, response) => {
		const asker = askerOf(response);
		const school = await demandSchool(db, asker, 'reply', String(request.params.id));
		const body = parseBody(replyBody, request, response);
		const id = await records.transaction(async (trx) => {
			const reply = { ...body, school_id: school.id, replied_by: whoOf(asker) };
			const made = await recordReply(trx, reply);
			await appendAudit(trx, {
				who: whoOf(asker),
				role: asker.role,
				action: 'reply-to-flag',
				object: `school/${school.id}`,
				purpose: body.module,
			});
			return made;
		});
		const replies = await describeReplies(await listReplies(db, [`school/${school.id}`]));
		response.status(201).json(replies.find(({ reply_id }) => reply_id === id));
	});

	async function describeReplies(rows: FlagReplyRow[]): Promise<ReplyItem[]> {
		const names = await namesOfAccounts(
			db,
			rows.map(({ replied_by }) => replied_by),
		);
		return rows.map((row) => ({
			reply_id: row.id,
			school_id: row.school_id,
			year: row.year,
			module: row.module as ReplyItem['module'],
			text: row.text,
			replied_by_name: names.get(row.replied_by) ?? '—',
			replied_at: row.replied_at,
		}));
	}

	return router;
}
