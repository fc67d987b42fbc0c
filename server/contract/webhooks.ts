import { z } from 'zod';
import { merchantListQuery } from './filters.ts';
import type { Operations } from './operation.ts';
import { anyText, Deleted, Id, lineOf, listOf, Moment, Timestamp } from './primitives.ts';
import { Section } from './sessions.ts';

/** What a merchant's server can be told of. */
export const WebhookEventType = z
  .enum([
    'customer.created',
    'customer.updated',
    'customer.deleted',
    'invoice.created',
    'invoice.updated',
    'invoice.approved',
    'invoice.partially_paid',
    'invoice.paid',
    'invoice.voided',
    'invoice.credited',
    'payment.created',
    'payment.updated',
    'payment.refunded',
    'payment.deleted',
    'session.created',
    'session.opened',
    'session.ended',
  ])
  .meta({ id: 'WebhookEventType' });
export type WebhookEventType = z.infer<typeof WebhookEventType>;

/** What can arrive: `webhook.test` comes only when it is asked for. */
export const DeliveredEventType = z.enum([...WebhookEventType.options, 'webhook.test']);
export type DeliveredEventType = z.infer<typeof DeliveredEventType>;

/** The `data` of a session's events: its facts, never a token. */
export const SessionFacts = z
  .object({
    id: Id,
    customer_id: Id,
    session_key: z.string().nullable().describe("The merchant's own reference, as given when it was created"),
    staff_view: z.boolean().describe('A staff member is looking, rather than the customer'),
    read_only: z.boolean(),
    sections: z.array(Section),
    locale: z.string().nullable(),
    origin: z.string().nullable().describe('Where it was opened; null until then'),
    created_at: Timestamp,
    opened_at: Timestamp.nullable(),
    expires_at: Timestamp.nullable().describe('Its absolute end, known once it is opened'),
    ended_at: Timestamp.nullable(),
    end_reason: z.string().nullable().describe('signed_out, revoked, key_revoked, customer_deleted, token_reused …'),
  })
  .meta({ id: 'SessionFacts' });
export type SessionFacts = z.infer<typeof SessionFacts>;

const WebhookUrl = anyText(2048)
  .min(1)
  .describe('https, on port 443 or above 1023, without credentials, on a host that is reachable from the internet');

const EventTypes = z
  .array(WebhookEventType)
  .min(1)
  .max(WebhookEventType.options.length)
  .nullable()
  .meta({
    description: 'Null: all of them, also those to come',
    examples: [['invoice.paid', 'payment.created']],
  });

const Status = z.enum(['enabled', 'disabled']);

const Description = lineOf(255)
  .nullable()
  .meta({ examples: ['Ledger'] });

export const WebhookEndpointInput = z
  .strictObject({
    url: WebhookUrl,
    description: Description.default(null),
    event_types: EventTypes.default(null),
    status: Status.default('enabled'),
  })
  .meta({ id: 'WebhookEndpointInput' });
export type WebhookEndpointInput = z.infer<typeof WebhookEndpointInput>;

export const WebhookEndpointPatch = z
  .strictObject({
    url: WebhookUrl.optional(),
    description: Description.optional(),
    event_types: EventTypes.optional(),
    status: Status.optional(),
  })
  .meta({ id: 'WebhookEndpointPatch' });
export type WebhookEndpointPatch = z.infer<typeof WebhookEndpointPatch>;

export const WebhookEndpoint = z
  .object({
    id: Id,
    url: z.string(),
    description: z
      .string()
      .nullable()
      .meta({ examples: ['Ledger'] }),
    event_types: EventTypes,
    status: Status,
    disabled_reason: z
      .enum(['gone', 'failing'])
      .nullable()
      .meta({
        description:
          'gone: it answered 410; failing: five days of nothing but failures; null: not disabled by the server',
        examples: [null],
      }),
    failing_since: Timestamp.nullable().meta({
      description: 'The first failure since the last success',
      examples: [null],
    }),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'WebhookEndpoint' });
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

export const WebhookEndpointWithSecret = WebhookEndpoint.extend({
  secret: z.string().describe('`whsec_…`, which verifies signatures. Shown in this answer and never again'),
}).meta({ id: 'WebhookEndpointWithSecret' });
export type WebhookEndpointWithSecret = z.infer<typeof WebhookEndpointWithSecret>;

export const WebhookEndpointList = listOf(WebhookEndpoint).meta({ id: 'WebhookEndpointList' });
export type WebhookEndpointList = z.infer<typeof WebhookEndpointList>;

export const WebhookDelivery = z
  .object({
    id: Id,
    endpoint_id: Id,
    event_id: Id.describe('The `webhook-id` header, the same in every attempt'),
    event_type: DeliveredEventType,
    status: z.enum(['pending', 'delivered', 'failed']),
    attempts: z.int(),
    next_attempt_at: Timestamp.nullable().meta({
      description: 'Null once it is delivered or given up',
      examples: [null],
    }),
    last_attempt_at: Timestamp.nullable(),
    last_status_code: z.int().nullable().describe('Null when there was no answer'),
    last_error: z.string().nullable(),
    delivered_at: Timestamp.nullable(),
    created_at: Timestamp,
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const WebhookDeliveryList = listOf(WebhookDelivery).meta({ id: 'WebhookDeliveryList' });
export type WebhookDeliveryList = z.infer<typeof WebhookDeliveryList>;

export const WebhookEndpointsQuery = merchantListQuery({
  fields: { status: Status.options, created_at: 'moment' },
  orders: ['created_at'],
  order: '-created_at',
  extra: {},
});
export type WebhookEndpointsQuery = z.infer<typeof WebhookEndpointsQuery>;

export const WebhookDeliveriesQuery = merchantListQuery({
  fields: {
    status: ['pending', 'delivered', 'failed'],
    event_type: DeliveredEventType.options,
    event_id: 'id',
    created_at: 'moment',
  },
  orders: ['created_at'],
  order: '-created_at',
  extra: {},
});
export type WebhookDeliveriesQuery = z.infer<typeof WebhookDeliveriesQuery>;

export const WebhookReplay = z
  .strictObject({
    since: Moment.meta({
      description: 'The first moment whose events are sent again; a bare day begins at midnight UTC',
      examples: ['2026-11-20'],
    }),
    until: Moment.optional().describe('The first moment after them, a bare day as in `since`; default: now'),
    event_types: EventTypes.optional().describe("Default: the endpoint's own"),
  })
  .meta({ id: 'WebhookReplay' });
export type WebhookReplay = z.infer<typeof WebhookReplay>;

export const WebhookReplayed = z
  .object({
    queued: z.int().meta({ description: 'How many events will be sent again', examples: [42] }),
    next_since: Timestamp.nullable().meta({
      description: 'Where to go on when there were more than 10,000, else null',
      examples: [null],
    }),
  })
  .meta({ id: 'WebhookReplayed' });
export type WebhookReplayed = z.infer<typeof WebhookReplayed>;

const endpointParams = z.strictObject({ id: Id });

export const webhookOperations = {
  'GET /webhook_endpoints': {
    summary: 'List webhook endpoints',
    query: WebhookEndpointsQuery,
    response: WebhookEndpointList,
    errors: ['cursor_invalid'],
  },
  'POST /webhook_endpoints': {
    summary: 'Create a webhook endpoint',
    description: `Events are signed as the Standard Webhooks specification says and posted to \`url\`. The answer holds the
secret that verifies them; it is not shown again. Where \`url\` leads is looked up at each delivery: a host with an address
that is not public is never connected to. An organisation has at most 50 endpoints.`,
    body: WebhookEndpointInput,
    response: WebhookEndpointWithSecret,
    errors: ['webhook_endpoint_state_invalid'],
  },
  'GET /webhook_endpoints/:id': {
    summary: 'Get a webhook endpoint',
    params: endpointParams,
    response: WebhookEndpoint,
    errors: ['webhook_endpoint_not_found'],
  },
  'PATCH /webhook_endpoints/:id': {
    summary: 'Change, enable or disable a webhook endpoint',
    description: `While an endpoint is disabled nothing is sent to it. What was waiting goes on when it is enabled again; what
happened meanwhile can be replayed. Enabling forgets \`disabled_reason\` and \`failing_since\`.`,
    params: endpointParams,
    body: WebhookEndpointPatch,
    response: WebhookEndpoint,
    errors: ['webhook_endpoint_not_found'],
  },
  'DELETE /webhook_endpoints/:id': {
    summary: 'Delete a webhook endpoint',
    description: 'Its deliveries go with it.',
    params: endpointParams,
    response: Deleted,
    errors: ['webhook_endpoint_not_found'],
  },
  'POST /webhook_endpoints/:id/rotate_secret': {
    summary: "Replace a webhook endpoint's secret",
    description: `For 24 hours every event carries two signatures, one by the new secret and one by the old. Rotating again
within that time drops the older one at once.`,
    params: endpointParams,
    body: z.strictObject({}),
    response: WebhookEndpointWithSecret,
    errors: ['webhook_endpoint_not_found'],
  },
  'POST /webhook_endpoints/:id/test': {
    summary: 'Send a test event to a webhook endpoint',
    description: 'Queues a `webhook.test` event for this endpoint alone, and answers its delivery.',
    params: endpointParams,
    body: z.strictObject({}),
    response: WebhookDelivery,
    errors: ['webhook_endpoint_not_found', 'webhook_endpoint_state_invalid'],
  },
  'POST /webhook_endpoints/:id/replay': {
    summary: 'Send past events to a webhook endpoint again',
    description: `Queues every event of the time given, delivered before or not, oldest first, at most 10,000 a call: where there
were more, call again with \`since\` = \`next_since\`. Events are kept for 30 days, also those of the time in which the endpoint was
disabled. An event comes with the \`webhook-id\` that it had.`,
    params: endpointParams,
    body: WebhookReplay,
    response: WebhookReplayed,
    errors: ['webhook_endpoint_not_found', 'webhook_endpoint_state_invalid'],
  },
  'GET /webhook_endpoints/:id/deliveries': {
    summary: "List a webhook endpoint's deliveries",
    params: endpointParams,
    query: WebhookDeliveriesQuery,
    response: WebhookDeliveryList,
    errors: ['cursor_invalid', 'webhook_endpoint_not_found'],
  },
  'POST /webhook_endpoints/:id/deliveries/:delivery_id/retry': {
    summary: 'Deliver an event again',
    description: 'Now, and with the whole schedule of retries ahead, delivered before or not.',
    params: z.strictObject({ id: Id, delivery_id: Id }),
    body: z.strictObject({}),
    response: WebhookDelivery,
    errors: ['webhook_delivery_not_found', 'webhook_endpoint_not_found', 'webhook_endpoint_state_invalid'],
  },
} as const satisfies Operations;
