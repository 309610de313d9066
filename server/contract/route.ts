import type { z } from 'zod';

/** One route as the outside sees it; OpenAPI is generated from a list of these, and the routers parse with the same schemas. */
export interface RouteContract {
	method: 'get' | 'post' | 'put' | 'patch' | 'delete';
	/** Express style: `/api/plans/:id` */
	path: string;
	summary: string;
	/** query parameters, always text */
	query?: z.ZodType;
	/** JSON body; `bytes` for a raw upload */
	body?: z.ZodType | 'bytes';
	/** JSON reply; absent = no content or another medium */
	reply?: z.ZodType;
	/** success status, 200 unless said */
	status?: number;
	/** media of the reply other than JSON */
	media?: string[];
	/** needs no session */
	open?: boolean;
}
