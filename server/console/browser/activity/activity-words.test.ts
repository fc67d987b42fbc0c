import { expect } from '@open-wc/testing';
import { viewContext } from '../../../../widget/src/testing/view-context.ts';
import { actionText } from './activity-words.ts';

const textOf = (action: string, detail: Record<string, unknown> | null = null): string =>
  actionText(
    {
      id: '7',
      sequence: 7,
      created_at: '2026-11-23T12:00:00.000Z',
      actor_type: 'api_key',
      actor_id: null,
      actor_name: 'Backend',
      action,
      customer: null,
      detail,
      request_id: null,
    },
    viewContext(),
  );

describe('actionText', () => {
  for (const [action, detail, text] of [
    ['customer.created', { customer_name: "O'Hara" }, "Created the customer O'Hara"],
    ['customer.updated', { fields: ['email', 'ship_to_address'] }, 'Changed the customer: email and ship to address'],
    ['customer.deleted', { customer_name: "O'Hara" }, "Deleted the customer O'Hara"],
    [
      'invoices.bulk_changed',
      { created: 1200, updated: 34, unchanged: 5, failed: 1 },
      'Changed invoices in bulk: 1,234 stored, 1 refused',
    ],
    [
      'invoice.created',
      { invoice_number: 'INV-7', amount: 120000, currency: 'USD' },
      'Created the invoice INV-7 over US$1,200.00',
    ],
    ['payment.recorded', { amount: 9800, currency: 'JPY' }, 'Recorded a payment of JP¥9,800'],
    ['payment.refunded', { amount: 1050, currency: 'KWD' }, 'Refunded KWD\u00a01.050 of a payment'],
    ['payment.refunded', null, 'Refunded — of a payment'],
    ['session.ended', { reason: 'signed_out' }, 'Signed out of the portal'],
    ['session.ended', { reason: 'token_reused' }, 'Ended a portal session: its link was used a second time'],
    ['session.ended', { reason: 'revoked' }, 'Ended a portal session'],
    ['login.failed', { name: 'Ada' }, 'Refused to log in Ada: the password was wrong'],
    ['webhook_endpoint.created', { origin: 'https://shop.example' }, 'Made a webhook endpoint on https://shop.example'],
    ['webhook_endpoint.updated', { fields: ['url'] }, 'Changed a webhook endpoint: url'],
    ['webhook_endpoint.replayed', { queued: 1 }, 'Replayed 1 webhook event'],
    ['invoices.imported', { rows: 2466 }, 'Imported 2,466 rows'],
    ['something.new_happened', null, 'Something new happened'],
    ['constructor', null, 'Constructor'],
  ] as const) {
    it(`says of ${action}: ${text}`, () => expect(textOf(action, detail)).to.equal(text));
  }
});
