import { stringifySetCookie } from 'cookie';
import { readCookie } from '../http/read-cookie.ts';
import type { RequestContext } from '../http/route.ts';

const name = '__Host-zenskar_portal';

/** The hosted page's cookie: only our own top-level pages send it, and no script can read it. */
export const portalCookie = (value: string, maxAgeS: number): string =>
  stringifySetCookie({ name, value, path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: maxAgeS });

export const readPortalCookie = (context: Pick<RequestContext, 'header'>): string | undefined =>
  readCookie(context, name);
