import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InvoiceTable } from '../invoices/invoices.table.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;
let customerId: string;
let others: { invoice: InvoiceTable; foreignInvoice: InvoiceTable };

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
  customerId = await addCustomer(server, organisation.id);
  const otherCustomerId = await addCustomer(server, organisation.id);
  const foreign = await server.addOrganisation('Southwind');
  const foreignCustomerId = await addCustomer(server, foreign.id);
  others = {
    invoice: await addInvoice(server, { organisationId: organisation.id, customerId: otherCustomerId }),
    foreignInvoice: await addInvoice(server, { organisationId: foreign.id, customerId: foreignCustomerId }),
  };
});
afterAll(() => server.close());

const newInvoice = (values: Partial<InvoiceTable> = {}) =>
  addInvoice(server, { organisationId: organisation.id, customerId }, values);

const invoiceState = async (id: string) =>
  server.db
    .selectFrom('invoice')
    .select(['status', 'paid_amount', 'amount_due', 'paid_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const usd = (amount: number) => ({ customer_id: customerId, amount, currency_code: 'USD' });

const countPayments = async () =>
  Number(
    (
      await server.db
        .selectFrom('payment')
        .select((eb) => eb.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
    ).count,
  );

describe('the parts of POST /payments', () => {
  it.each<[string, (open: InvoiceTable) => Promise<unknown[]> | unknown[], string, (string | number)[]]>([
    [
      'an unknown invoice',
      () => [{ invoice_id: crypto.randomUUID(), amount: 1 }],
      'reference_unknown',
      [0, 'invoice_id'],
    ],
    [
      "another organisation's invoice",
      () => [{ invoice_id: others.foreignInvoice.id, amount: 1 }],
      'reference_unknown',
      [0, 'invoice_id'],
    ],
    [
      "another customer's",
      () => [{ invoice_id: others.invoice.id, amount: 1 }],
      'customer_mismatch',
      [0, 'invoice_id'],
    ],
    [
      'an invoice in another currency',
      async () => [{ invoice_id: (await newInvoice({ currency: 'EUR' })).id, amount: 1 }],
      'currency_mismatch',
      [0, 'invoice_id'],
    ],
    [
      'an invoice twice',
      ({ id }) => [
        { invoice_id: id, amount: 1 },
        { invoice_id: id, amount: 1 },
      ],
      'duplicate',
      [1, 'invoice_id'],
    ],
    ['more than is due', ({ id }) => [{ invoice_id: id, amount: 10_001 }], 'too_big', [0, 'amount']],
    [
      'more than the payment has',
      async ({ id }) => [
        { invoice_id: id, amount: 10_000 },
        { invoice_id: (await newInvoice()).id, amount: 10_000 },
      ],
      'too_big',
      [],
    ],
    ['nothing', ({ id }) => [{ invoice_id: id, amount: 0 }], 'too_small', [0, 'amount']],
    ['no invoice', () => [{ amount: 1 }], 'custom', [0, 'invoice_id']],
  ])('answers 422 to a part of %s', async (_, partsOf, type, loc) => {
    const open = await newInvoice();
    const before = await countPayments();
    for (const status of ['success', 'in_progress']) {
      const answer = await merchant.post('/payments', { ...usd(19_999), status, payment_parts: await partsOf(open) });
      expect(answer.status).toBe(422);
      expect(answer.body['detail']).toMatchObject([{ loc: ['body', 'payment_parts', ...loc], type }]);
    }
    expect(await countPayments()).toBe(before);
    expect(await invoiceState(open.id)).toMatchObject({ status: 'approved', amount_due: 10_000 });
  });

  it.each(['draft', 'edited', 'discarded', 'upcoming', 'paid', 'void'] as const)(
    'answers 422 to a part of an invoice that is %s',
    async (status) => {
      const invoice = await newInvoice({ status });
      const answer = await merchant.post('/payments', {
        ...usd(100),
        payment_parts: [{ invoice_id: invoice.id, amount: 100 }],
      });
      expect(answer.body['detail']).toMatchObject([{ type: 'invoice_state_invalid' }]);
    },
  );
});
