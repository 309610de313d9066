import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { username } from 'better-auth/plugins/username';
import type { Db } from '#data/records/store.ts';

export interface SignInOptions {
	db: Db;
	dialect: 'sqlite' | 'postgres';
	secret: string;
	publicUrl: string | undefined;
}

export const MINIMUM_PASSWORD = 10;
/** How the address of a sign-in reaches the library: set by us from what Express found, never taken from outside. */
export const ADDRESS_HEADER = 'x-opora-address';
const SESSION_HOURS = 12;

/**
 * The sign-in library on the tables `login_…`. Nobody signs up by himself, nothing is mailed and nothing is reported
 * anywhere: accounts come from an administrator. It is called from `session.ts` and the commands, never mounted as a router.
 */
export function createSignIn({ db, dialect, secret, publicUrl }: SignInOptions) {
	return betterAuth({
		appName: 'opora',
		baseURL: publicUrl ?? 'http://localhost',
		basePath: '/api/session',
		secret,
		database: { db, type: dialect, transaction: false },
		telemetry: { enabled: false },
		logger: { disabled: true },
		rateLimit: { enabled: false },
		plugins: [
			username({
				minUsernameLength: 3,
				maxUsernameLength: 60,
				usernameValidator: isLogin,
				displayUsername: false,
			}),
		],
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: MINIMUM_PASSWORD,
			maxPasswordLength: 200,
		},
		advanced: {
			cookiePrefix: 'opora',
			ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
			useSecureCookies: publicUrl?.startsWith('https:') ?? false,
			defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
		},
		session: {
			modelName: 'login_session',
			expiresIn: SESSION_HOURS * 3600,
			updateAge: 3600,
			fields: {
				expiresAt: 'expires_at',
				createdAt: 'created_at',
				updatedAt: 'updated_at',
				ipAddress: 'ip_address',
				userAgent: 'user_agent',
				userId: 'user_id',
			},
		},
		user: {
			modelName: 'login_account',
			fields: {
				emailVerified: 'email_verified',
				createdAt: 'created_at',
				updatedAt: 'updated_at',
			},
		},
		account: {
			modelName: 'login_credential',
			fields: {
				accountId: 'account_id',
				providerId: 'provider_id',
				userId: 'user_id',
				accessToken: 'access_token',
				refreshToken: 'refresh_token',
				idToken: 'id_token',
				accessTokenExpiresAt: 'access_token_expires_at',
				refreshTokenExpiresAt: 'refresh_token_expires_at',
				createdAt: 'created_at',
				updatedAt: 'updated_at',
			},
		},
		verification: {
			modelName: 'login_verification',
			fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
		},
	});
}
export type SignIn = ReturnType<typeof createSignIn>;

/** Latin letters, digits, dot, dash, underscore; from 3 to 60. */
export function isLogin(text: string): boolean {
	return /^[a-z0-9._-]{3,60}$/i.test(text);
}

export interface SignedIn {
	account_id: string;
	name: string;
	/** of the session; signatures are bound to it */
	token: string;
	/** `Set-Cookie` values */
	cookies: string[];
}

/** Signs in; undefined when login or password are wrong (which one is not told, and both take equally long). */
export async function signInWithPassword(
	signIn: SignIn,
	login: string,
	password: string,
	from: { address?: string; agent?: string },
): Promise<SignedIn | undefined> {
	const headers = new Headers({ 'user-agent': from.agent ?? '', [ADDRESS_HEADER]: from.address ?? '' });
	try {
		const { headers: reply, response } = await signIn.api.signInUsername({
			body: { username: login, password },
			headers,
			returnHeaders: true,
		});
		const { token, user } = response;
		return { account_id: user.id, name: user.name, token, cookies: reply.getSetCookie() };
	} catch (error) {
		if (error instanceof APIError && error.statusCode < 500) return undefined;
		throw error;
	}
}

/** Ends the session of these cookies, if there is one. */
export async function signOut(signIn: SignIn, cookie: string | undefined): Promise<void> {
	if (cookie) await signIn.api.signOut({ headers: new Headers({ cookie }) });
}
