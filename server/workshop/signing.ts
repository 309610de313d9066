import {
	createHash,
	createPrivateKey,
	createPublicKey,
	hkdfSync,
	type KeyObject,
	sign,
	verify,
} from 'node:crypto';

/** PKCS#8 of an Ed25519 key is this head and its 32 bytes (RFC 8410). */
const HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key pair with which this installation signs instruments. */
export interface SigningKey {
	/** SPKI, base64 */
	public_key: string;
	/** SHA-256 (hex) of the public key */
	fingerprint: string;
	sign(bytes: Uint8Array): string;
}

/**
 * The installation's signing key (Ed25519, RFC 8032), derived from its secret (HKDF-SHA-256, RFC 5869): it is kept,
 * backed up and replaced together with the secret, and there is no second file to lose.
 */
export function deriveSigningKey(secret: string): SigningKey {
	const seed = Buffer.from(hkdfSync('sha256', secret, 'opora', 'instrument-signature', 32));
	const key = createPrivateKey({ key: Buffer.concat([HEAD, seed]), format: 'der', type: 'pkcs8' });
	const public_key = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
	return {
		public_key,
		fingerprint: fingerprintOf(public_key),
		sign: (bytes) => sign(null, bytes, key).toString('base64'),
	};
}

export const fingerprintOf = (publicKey: string): string =>
	createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');

/** True when the signature (base64) of these bytes was made with the key whose public half is given (SPKI, base64). */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
	let key: KeyObject;
	try {
		key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
	} catch {
		return false;
	}
	return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, Buffer.from(signature, 'base64'));
}
