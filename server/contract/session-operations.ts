import { z } from 'zod';
import type { Operations } from './operation.ts';
import { Id } from './primitives.ts';
import { CreateSessionRequest, CreateSessionResponse, EndedSession, RevokedSessions } from './sessions.ts';

const create = {
  summary: 'Create a portal session',
  description: `Answers the address to send the customer to, and the one-time token that the widget redeems.
\`return_url\` is https (http only for localhost) and, where the organisation lists return origins, on one of them.`,
  body: CreateSessionRequest,
  response: CreateSessionResponse,
  errors: ['customer_not_found'],
} as const;

export const sessionOperations = {
  'POST /customer/session': create,
  'POST /customers/session': { ...create, summary: 'Create a portal session (same as /customer/session)' },
  'DELETE /customer/session/:session_id': {
    summary: 'End a portal session',
    params: z.strictObject({ session_id: Id }),
    response: EndedSession,
    errors: ['session_not_found'],
  },
  'POST /customers/:customer_id/sessions/revoke': {
    summary: 'End every portal session of a customer',
    description: 'Links that have not been opened yet stop working too.',
    params: z.strictObject({ customer_id: Id }),
    body: z.strictObject({}),
    response: RevokedSessions,
    errors: ['customer_not_found'],
  },
} as const satisfies Operations;
