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
    ['payment.refunded', null, 'Refunded a payment'],
    ['customer.deleted', { customer_name: "O'Hara" }, "Deleted the customer O'Hara"],
    [
      'invoices.bulk_changed',
      { created: 1200, updated: 34, unchanged: 5, failed: 1 },
      'Changed invoices in bulk: 1,234 stored, 1 refused',
    ],
    ['webhook_endpoint.created', { origin: 'https://shop.example' }, 'Made a webhook endpoint on https://shop.example'],
    ['webhook_endpoint.replayed', { queued: 1 }, 'Replayed 1 webhook event'],
    ['invoices.imported', { rows: 2466 }, 'Imported 2,466 rows'],
    ['something.new_happened', null, 'Something new happened'],
  ] as const) {
    it(`says of ${action}: ${text}`, () => expect(textOf(action, detail)).to.equal(text));
  }
});
