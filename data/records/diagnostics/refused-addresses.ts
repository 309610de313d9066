import type { Db } from '../store.ts';

/** Remembers that a mail server does not accept an address, with its last words about it. */
export async function recordRefusedAddress(
	db: Db,
	{ email, answer, refused_at }: { email: string; answer: string; refused_at: string },
): Promise<void> {
	await db
		.insertInto('refused_address')
		.values({ email: email.toLowerCase(), answer, refused_at })
		.onConflict((conflict) => conflict.column('email').doUpdateSet({ answer, refused_at }))
		.execute();
}

/** Lets an address be tried again; false when nothing was known against it. */
export async function forgetRefusedAddress(db: Db, email: string): Promise<boolean> {
	const result = await db
		.deleteFrom('refused_address')
		.where('email', '=', email.toLowerCase())
		.executeTakeFirst();
	return result.numDeletedRows > 0n;
}
