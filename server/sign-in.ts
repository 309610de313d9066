import { betterAuth } from 'better-auth';
import { username } from 'better-auth/plugins/username';
import type { Db } from '#data/records/store.ts';

export interface SignInOptions {
	db: Db;
	dialect: 'sqlite' | 'postgres';
	secret: string;
	publicUrl: string | undefined;
}

export const MINIMUM_PASSWORD = 10;
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
		plugins: [username({ minUsernameLength: 3, maxUsernameLength: 60, usernameValidator: isLogin })],
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: MINIMUM_PASSWORD,
			maxPasswordLength: 200,
		},
		advanced: {
			cookiePrefix: 'opora',
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
				displayUsername: 'display_username',
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
