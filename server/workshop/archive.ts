import { createHash } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import { readArchive } from '#data/import/zip-guard.ts';
import type { InstrumentContent } from '#surveys/workshop/content.ts';
import { Problem } from '../problem.ts';
import { readContent } from './content.ts';
import { fingerprintOf, isSignedBy, type SigningKey } from './signing.ts';

const FILES = ['survey.json', 'key.json', 'README.md'] as const;
const MANIFEST = 'manifest.json';
const SIGNATURE = 'signature.txt';
/** What an instrument may unpack to, bytes. */
const LIMIT = 8 * 1024 * 1024;
/** The reader's own clock: an archive of one version is the same bytes whenever it is made. */
const TIMELESS = new Date('2000-01-01T00:00:00');

const manifestSchema = z.object({
	format: z.literal('opora-instrument'),
	format_version: z.literal(1),
	instrument: z.string(),
	version: z.number(),
	signer: z.object({ name: z.string().max(300), public_key: z.string().max(200) }),
	files: z.record(z.enum(FILES), z.string().regex(/^[0-9a-f]{64}$/)),
});

export interface Signer {
	name: string;
	fingerprint: string;
}

/** One signed archive: survey, key, card, a manifest with the SHA-256 of each, and the manifest's signature. */
export function packInstrument(content: InstrumentContent, signerName: string, key: SigningKey): Buffer {
	const files: Record<(typeof FILES)[number], Uint8Array> = {
		'survey.json': strToU8(`${JSON.stringify(content.survey, null, '\t')}\n`),
		'key.json': strToU8(`${JSON.stringify(content.key, null, '\t')}\n`),
		'README.md': strToU8(content.card),
	};
	const manifest = strToU8(
		`${JSON.stringify(
			{
				format: 'opora-instrument',
				format_version: 1,
				instrument: content.key.instrument,
				version: content.key.version,
				signer: { name: signerName, public_key: key.public_key },
				files: Object.fromEntries(FILES.map((name) => [name, digest(files[name])])),
			},
			null,
			'\t',
		)}\n`,
	);
	const entries = { ...files, [MANIFEST]: manifest, [SIGNATURE]: strToU8(key.sign(manifest)) };
	return Buffer.from(zipSync(entries, { level: 6, mtime: TIMELESS }));
}

/**
 * Opens a signed archive.
 * @throws {Problem} 422 `archive-tampered` naming the file that is missing or not what was signed
 * @throws ImportError for what is no archive, too large, or holds other files
 */
export function unpackInstrument(
	bytes: Buffer,
	fileName: string,
): { content: InstrumentContent; signer: Signer } {
	const entries = readArchive(bytes, fileName, [...FILES, MANIFEST, SIGNATURE], LIMIT);
	const take = (name: string): Buffer => {
		const found = entries.get(name);
		if (!found) throw new Problem(422, 'archive-tampered', { file: name });
		return found;
	};
	const manifestBytes = take(MANIFEST);
	const parsed = manifestSchema.safeParse(parseJson(manifestBytes, MANIFEST));
	if (!parsed.success) throw new Problem(422, 'archive-tampered', { file: MANIFEST });
	const { signer, files } = parsed.data;
	if (!isSignedBy(signer.public_key, manifestBytes, take(SIGNATURE).toString('utf8')))
		throw new Problem(422, 'archive-tampered', { file: SIGNATURE });
	for (const name of FILES)
		if (digest(take(name)) !== files[name]) throw new Problem(422, 'archive-tampered', { file: name });
	const content = readContent({
		survey: parseJson(take('survey.json'), 'survey.json'),
		key: parseJson(take('key.json'), 'key.json'),
		card: take('README.md').toString('utf8'),
	});
	return { content, signer: { name: signer.name, fingerprint: fingerprintOf(signer.public_key) } };
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function parseJson(bytes: Buffer, file: string): unknown {
	try {
		return JSON.parse(bytes.toString('utf8'));
	} catch {
		throw new Problem(422, 'archive-tampered', { file });
	}
}
