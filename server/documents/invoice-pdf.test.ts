import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { InvoiceLineItem, PortalInvoiceDetail } from '#contract/invoices.ts';
import { readPdf } from '../testing/read-pdf.ts';
import type { PdfContent } from '../testing/read-pdf.ts';
import { renderInvoicePdf } from './invoice-pdf.ts';
import type { InvoiceDocument } from './invoice-pdf.ts';

const id = '0199a000-0000-7000-8000-000000000000';

const address = {
  line1: '1 Pier Road',
  line2: null,
  line3: null,
  city: 'Bristol',
  state: null,
  zipCode: 'BS1 4DJ',
  country: null,
  country_code: 'GB',
};

const lineItem = (values: Partial<InvoiceLineItem> = {}): InvoiceLineItem => ({
  id,
  name: 'Subscription',
  description: null,
  quantity: 1,
  unit: null,
  unit_price: '100',
  subtotal: 10_000,
  discount: 0,
  tax_rate: null,
  tax: 0,
  total: 10_000,
  period: null,
  is_proration: false,
  ...values,
});

const documentOf = (
  invoice: Partial<PortalInvoiceDetail> = {},
  values: Partial<InvoiceDocument> = {},
): InvoiceDocument => ({
  createdAt: Date.parse('2026-11-23T12:00:00.000Z'),
  timeZone: 'UTC',
  issuer: {
    name: 'Northwind Cloud',
    email: 'billing@northwind.example',
    address,
    taxId: 'GB 123',
    accent: '#0f766e',
    logo: null,
  },
  recipient: { name: "O'Hara & Sons", email: null, address: null, shipTo: null, taxInfo: [] },
  invoice: {
    id,
    invoice_number: 'INV-7',
    status: 'approved',
    currency: 'USD',
    invoice_total: 10_000,
    amount_due: 10_000,
    due_date: '2026-12-01T00:00:00.000Z',
    invoice_period: null,
    created_at: '2026-11-01T00:00:00.000Z',
    is_overdue: false,
    days_overdue: null,
    subtotal: 10_000,
    discount_total: 0,
    tax_total: 0,
    paid_amount: 0,
    credited_amount: 0,
    notes: null,
    paid_at: null,
    contract: null,
    from: { name: 'Northwind Cloud', email: null, address: null, tax_id: null },
    customer: { id, customer_name: "O'Hara & Sons", email: null, address: null, ship_to_address: null },
    line_items: [lineItem()],
    payments: [],
    credit_notes: [],
    ...invoice,
  },
  ...values,
});

const render = async (document: InvoiceDocument): Promise<PdfContent> =>
  readPdf(await buffer(renderInvoicePdf(document)));

const named = (name: string) =>
  render(documentOf({}, { recipient: { name, email: null, address: null, shipTo: null, taxInfo: [] } }));

const textOf = ({ pages }: PdfContent): string => pages.join(' ');

describe('renderInvoicePdf', () => {
  it('says who, what, how much and when', async () => {
    const content = await render(
      documentOf(
        {
          invoice_period: { begin_date: '2026-11-01T00:00:00.000Z', end_date_exclusive: '2026-12-01T00:00:00.000Z' },
          contract: { id, name: 'Business plan' },
          notes: 'Thank you.\nPlease quote the number.',
          subtotal: 10_000,
          discount_total: 1_000,
          tax_total: 743,
          invoice_total: 9_743,
          amount_due: 3_743,
          status: 'partially_paid',
          line_items: [
            lineItem({
              name: 'Compute',
              description: 'Metered by the hour',
              quantity: 12.5,
              unit: 'hours',
              unit_price: '8.0025',
              discount: 1_000,
              tax_rate: '8.25',
              tax: 743,
              total: 9_743,
              is_proration: true,
              period: { begin_date: '2026-11-10T00:00:00.000Z', end_date_exclusive: '2026-11-21T00:00:00.000Z' },
            }),
          ],
          payments: [
            {
              id,
              type: 'payment',
              status: 'success',
              amount: 6_500,
              receipt_number: 'R-1',
              payment_method: 'card',
              payment_method_details: { brand: 'visa', last4: '4242' },
              timestamp: '2026-11-10T10:00:00.000Z',
            },
            {
              id,
              type: 'payment',
              status: 'failed',
              amount: 777,
              receipt_number: null,
              payment_method: 'card',
              payment_method_details: null,
              timestamp: '2026-11-09T10:00:00.000Z',
            },
            {
              id,
              type: 'refund',
              status: 'success',
              amount: 1_500,
              receipt_number: 'R-2',
              payment_method: 'bank_transfer',
              payment_method_details: null,
              timestamp: '2026-11-12T10:00:00.000Z',
            },
          ],
          credited_amount: 1_000,
          credit_notes: [
            {
              id,
              credit_note_number: 'CN-3',
              amount: 1_000,
              currency: 'USD',
              status: 'issued',
              repayment_method: 'invoice_adjusted',
              reason: null,
              created_at: '2026-11-15T00:00:00.000Z',
            },
          ],
        },
        {
          recipient: {
            name: "O'Hara & Sons",
            email: 'ap@ohara.example',
            address,
            shipTo: { ...address, line1: '2 Dock Street' },
            taxInfo: [{ country_code: 'GB', tax_code: 'gb_vat', tax_id: 'GB999' }],
          },
        },
      ),
    );
    const text = textOf(content);
    for (const fact of [
      'Invoice PARTIALLY PAID',
      'Invoice number INV-7',
      'Date of issue Nov 1, 2026',
      'Due date Dec 1, 2026',
      'Billing period Nov 1 – 30, 2026',
      'Contract Business plan',
      'From Northwind Cloud 1 Pier Road Bristol, BS1 4DJ United Kingdom billing@northwind.example Tax ID GB 123',
      "Bill to O'Hara & Sons 1 Pier Road Bristol, BS1 4DJ United Kingdom ap@ohara.example GB VAT GB999",
      'Ship to 2 Dock Street Bristol, BS1 4DJ United Kingdom',
      '$37.43 USD due Dec 1, 2026',
      'Description Quantity Unit price Discount Tax Total',
      'Compute Metered by the hour Prorated · Nov 10 – 20, 2026 12.5 hours $8.0025 -$10.00 $7.43 8.25% $97.43',
      'Subtotal $100.00',
      'Discount -$10.00',
      'Tax $7.43',
      'Total $97.43',
      'Payment · Nov 10, 2026 · Visa ending in 4242 -$65.00',
      'Refund · Nov 12, 2026 · Bank transfer $15.00',
      'Credit note CN-3 · Nov 15, 2026 -$10.00',
      'Amount due $37.43 USD',
      'Notes Thank you. Please quote the number.',
      'Invoice INV-7 · Northwind Cloud · billing@northwind.example · Tax ID GB 123',
      'Page 1 of 1',
    ]) {
      expect(text).toContain(fact);
    }
    expect(text).not.toContain('$7.77');
    expect(text).not.toContain('Balance applied');
  });

  it('can be read by machines and screen readers', async () => {
    const content = await render(documentOf());
    expect(content).toMatchObject({
      title: 'Invoice INV-7',
      author: 'Northwind Cloud',
      language: 'en',
      isTagged: true,
    });
    for (const role of ['Document', 'H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD']) {
      expect(content.roles).toContain(role);
    }
  });

  for (const [status, values, mark, headline] of [
    ['paid', { amount_due: 0, paid_at: '2026-11-20T09:00:00.000Z' }, 'PAID', '$100.00 USD paid on Nov 20, 2026'],
    ['void', { amount_due: 0 }, 'VOID', '$100.00 USD, nothing to pay'],
    ['draft', {}, 'DRAFT', '$100.00 USD, not due yet'],
  ] as const) {
    it(`marks an invoice that is ${status}`, async () => {
      const text = textOf(await render(documentOf({ status, ...values })));
      expect(text).toContain(`Invoice ${mark} Invoice number`);
      expect(text).toContain(headline);
    });
  }

  it('counts days in the billing time zone', async () => {
    const text = textOf(
      await render(documentOf({ created_at: '2026-11-01T20:00:00.000Z' }, { timeZone: 'Asia/Kolkata' })),
    );
    expect(text).toContain('Date of issue Nov 2, 2026');
    expect(text).toContain('Due date Dec 1, 2026');
  });

  for (const [currency, amount, expected] of [
    ['JPY', 353_772, '¥353,772 JPY due'],
    ['KWD', 534_794, 'KWD 534.794 due'],
    ['EUR', 5, '€0.05 EUR due'],
    ['USD', 999_999_999_999_999, '$9,999,999,999,999.99 USD due'],
  ] as const) {
    it(`writes ${amount} minor units of ${currency}`, async () => {
      expect(textOf(await render(documentOf({ currency, amount_due: amount, invoice_total: amount })))).toContain(
        expected,
      );
    });
  }

  it('shows what of the balance was applied, so that the totals add up', async () => {
    const text = textOf(await render(documentOf({ amount_due: 7_500 })));
    expect(text).toContain('Balance applied -$25.00 Amount due $75.00');
  });

  it('shows what credit notes gave back to the account of an invoice that was paid', async () => {
    const payment = {
      id,
      type: 'payment',
      status: 'success',
      amount: 10_000,
      receipt_number: null,
      payment_method: 'other',
      payment_method_details: null,
      timestamp: '2026-11-10T10:00:00.000Z',
    } as const;
    const text = textOf(
      await render(documentOf({ status: 'paid', amount_due: 0, payments: [payment], credited_amount: 2_500 })),
    );
    expect(text).toContain('Returned as account credit $25.00 Amount due $0.00 USD');
  });

  it('spreads 120 lines over pages that each begin with the head of the table', async () => {
    const lines = Array.from({ length: 120 }, (_, index) => lineItem({ name: `Line no. ${index + 1}!` }));
    const { pages } = await render(documentOf({ line_items: lines }));
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });
    for (const page of pages.slice(1, -1)) {
      expect(page).toMatch(/^Description Quantity Unit price Amount Line no\. /);
    }
    const numbers = Array.from(pages.join(' ').matchAll(/Line no\. (\d+)!/g), ([, number]) => Number(number));
    expect(numbers).toEqual(lines.map((_, index) => index + 1));
  });

  it('goes on over pages inside a line that is longer than one', async () => {
    const description = Array.from({ length: 3_000 }, (_, index) => `w${index}`).join(' ');
    const { pages } = await render(documentOf({ line_items: [lineItem({ description })] }));
    expect(pages.length).toBeGreaterThan(1);
    const words = pages.join(' ').match(/w\d+/g);
    expect(words).toEqual(description.split(' '));
  });

  it('breaks a name of 255 characters without a space', async () => {
    const name = 'Wolf'.repeat(63) + 'W!!';
    const { pages } = await named(name);
    expect(pages.join(' ').replaceAll(' ', '')).toContain(name);
  });

  it('draws an Arabic name, and tells screen readers its logical order', async () => {
    const name = 'شركة واحة النخيل (دبي)';
    const content = await named(name);
    expect(content.actualTexts).toContain(name);
  });

  it('draws Japanese, Korean and Chinese names', async () => {
    for (const name of ['株式会社サクラ製作所', '한국전력', '深圳市腾讯']) {
      expect(textOf(await named(name))).toContain(`Bill to ${name}`);
    }
  });

  it('draws a Hindi name with its conjuncts', async () => {
    const content = await named('राष्ट्रीय क्षत्रिय');
    expect(content.actualTexts).toContain('राष्ट्रीय क्षत्रिय');
    expect(textOf(content)).not.toContain('\u0000');
  });

  it('replaces what no font has, and keeps it in the text', async () => {
    const content = await named('Rocket 🚀 Ltd');
    expect(textOf(content)).toContain('Rocket \ufffd Ltd');
    expect(content.actualTexts).toContain('🚀');
  });

  it('leaves control characters out', async () => {
    const content = await named('Bell\u0007 and\u0000 whistle');
    expect(textOf(content)).toContain('Bell and whistle');
  });

  it('does not take one letter for another that shares its shape', async () => {
    await named('خخخ');
    expect(textOf(await named('ححح'))).toContain('ححح');
  });
});
