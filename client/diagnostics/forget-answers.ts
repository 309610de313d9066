import { forget, forgetAll, listKept } from '../offline/device-store.ts';
import type { Outgoing } from '../offline/outbox.ts';
import { dropWaitingFile, listWaitingFiles, refersTo, type WaitingFile } from '../offline/waiting-files.ts';
import { addressOf, findKept, forgetKept, type KeptAnswers, listOwnKept } from './answer-store.ts';
import { giveUpOutgoing } from './outgoing.ts';

/**
 * After a withdrawal nothing of the campaign stays on this device: the answers, their files, what waits to be sent, the
 * server's replies about the person. What the person, as an observer, wrote about others is not theirs to withdraw.
 */
export async function forgetCampaign(holder: string, campaign: string): Promise<void> {
	const isOf = (kept: KeptAnswers) => kept.campaign === campaign && kept.about === undefined;
	const own = listOwnKept(holder).filter(isOf);
	await Promise.all(own.map(forgetKept));
	giveUpOutgoing((kept) => kept.holder === holder && isOf(kept));
	// what a full storage let only the browser's database keep
	const address = addressOf({ campaign, instrument: '' });
	for (const { path, response_id } of await listKept<Outgoing>('outbox', `${holder} `))
		if (path.startsWith(address)) await forget('outbox', `${holder} ${response_id}`);
	for (const file of await listKept<WaitingFile>('files', `${holder} `))
		if (file.address.startsWith(address)) await dropWaitingFile(file);
	await forgetAll('replies', `${holder} /api/my/`);
}

/**
 * Who agrees anew begins anew: what the server had had of these answers, on this device too, has been withdrawn, be it on
 * another device or under the account instead of the link.
 */
export async function forgetWithdrawn(holder: string, campaign: string, responseId: string): Promise<void> {
	const here = findKept(responseId);
	const own = listOwnKept(holder).filter((kept) => kept.campaign === campaign && kept.about === undefined);
	for (const kept of [...own, ...(here ? [here] : [])]) if (kept.base > 0) await forgetKept(kept);
}

/** Signing out leaves on this device only what is not sent yet: nobody after this person reads their answers here. */
export async function forgetSent(holder: string): Promise<void> {
	await forgetAll('replies', `${holder} `);
	for (const kept of listOwnKept(holder)) {
		if (kept.is_unsent || kept.is_final) continue;
		const files = await listWaitingFiles(holder, kept.response_id);
		if (!files.some(({ id }) => refersTo(kept.answers, id))) await forgetKept(kept);
	}
}
