import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BodyInputOf } from '#contract/api.ts';

type SessionInput = BodyInputOf<'POST /customer/session'>;

/** For whom: your own id of the customer or the portal's; and, where you like, `locale`, `read_only`, `sections` … */
export type SessionFor = Omit<SessionInput, 'return_url'>;

export interface SessionRouteSettings<Req extends IncomingMessage> {
  client: { createSession(input: SessionInput): Promise<{ session_token: string }> };
  /**
   * Who is logged in, by your own login and never by what the request's body says; undefined when nobody is.
   * `(req) => req.user && { external_customer_id: req.user.id }`
   */
  customerOf(req: Req): SessionFor | undefined | Promise<SessionFor | undefined>;
  /** Where the portal's logo and its sign-out lead: a page of yours. */
  returnUrl: string;
}

/** Browsers say where a request comes from: by `Sec-Fetch-Site`, older ones and plain HTTP by `Origin`. */
const isForeign = ({ headers }: IncomingMessage): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    return site !== 'same-origin';
  }
  return headers.origin !== undefined && URL.parse(headers.origin)?.host !== headers.host;
};

const answer = (res: ServerResponse, status: number, body: unknown): void => {
  res.statusCode = status;
  res.setHeader('content-type', 'application/json; charset=utf-8');
  res.setHeader('cache-control', 'no-store');
  res.end(JSON.stringify(body));
};

/**
 * The route that the widget's `fetchSession` asks: `app.post('/portal-session', expressSessionRoute({ … }))`. Answers
 * `{ "session_token" }` to pages of your own website, 401 when nobody is logged in, 403 to other websites. What else goes
 * wrong is passed to `next`. Works in Express and wherever handlers are `(req, res, next)` of node:http.
 */
export const expressSessionRoute =
  <Req extends IncomingMessage>({ client, customerOf, returnUrl }: SessionRouteSettings<Req>) =>
  async (req: Req, res: ServerResponse, next: (error: unknown) => void): Promise<void> => {
    if (req.method !== 'POST') {
      res.setHeader('allow', 'POST');
      answer(res, 405, { error: 'Ask by POST' });
      return;
    }
    if (isForeign(req)) {
      answer(res, 403, { error: 'This request came from another website' });
      return;
    }
    try {
      const customer = await customerOf(req);
      if (customer === undefined) {
        answer(res, 401, { error: 'Nobody is logged in' });
        return;
      }
      const { session_token } = await client.createSession({ ...customer, return_url: returnUrl });
      answer(res, 200, { session_token });
    } catch (error) {
      next(error);
    }
  };
