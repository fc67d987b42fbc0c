import { describe, expect, test } from 'vitest';
import { buildDemo } from './build-demo.ts';
import { startOf } from './calendar.ts';

const organisationId = '019a3c5e-7d00-7a11-8c4e-6e6f72746877';
const today = '2026-11-23';
const demo = buildDemo(organisationId, today);

const sum = <Row>(rows: readonly Row[], amountOf: (row: Row) => number): number =>
  rows.reduce((total, row) => total + amountOf(row), 0);

const groupBy = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> =>
  Map.groupBy(rows, keyOf);

const linesOf = groupBy(demo.invoice_line_item, (line) => line.invoice_id);
const creditsOf = groupBy(demo.credit_note, (note) => note.invoice_id);
const allocationsOfPayment = groupBy(demo.payment_allocation, (row) => row.payment_id);
const allocationsOfInvoice = groupBy(demo.payment_allocation, (row) => row.invoice_id);
const payments = new Map(demo.payment.map((payment) => [payment.id, payment]));
const invoices = new Map(demo.invoice.map((invoice) => [invoice.id, invoice]));
const moneyIn = new Set(['success', 'partially_refunded', 'refunded']);

const customerNamed = (name: string) => {
  const customer = demo.customer.find((row) => row.customer_name.includes(name));
  if (customer === undefined) {
    throw new Error(`No customer named ${name}`);
  }
  return customer;
};
const invoicesOf = (name: string) => {
  const { id } = customerNamed(name);
  return demo.invoice.filter((invoice) => invoice.customer_id === id);
};
const paymentsOf = (name: string) => {
  const { id } = customerNamed(name);
  return demo.payment.filter((payment) => payment.customer_id === id);
};

describe('sums', () => {
  test('every line: subtotal - discount + tax = total', () => {
    expect(demo.invoice_line_item.filter((line) => line.subtotal - line.discount + line.tax !== line.total)).toEqual(
      [],
    );
  });

  test('every invoice is the sum of its lines', () => {
    const wrong = demo.invoice.filter((invoice) => {
      const lines = linesOf.get(invoice.id) ?? [];
      return (
        lines.length === 0 ||
        sum(lines, (line) => line.subtotal) !== invoice.subtotal ||
        sum(lines, (line) => line.discount) !== invoice.discount_total ||
        sum(lines, (line) => line.tax) !== invoice.tax_total ||
        sum(lines, (line) => line.total) !== invoice.invoice_total
      );
    });
    expect(wrong).toEqual([]);
  });

  test('every invoice: paid + credited + due = total, and none is negative', () => {
    const wrong = demo.invoice.filter((invoice) => {
      const credited = sum(creditsOf.get(invoice.id) ?? [], (note) => note.amount);
      return (
        invoice.paid_amount + credited + invoice.amount_due !== invoice.invoice_total ||
        Math.min(invoice.paid_amount, credited, invoice.amount_due, invoice.invoice_total) < 0
      );
    });
    expect(wrong).toEqual([]);
  });

  test('what an invoice says is paid is what its payments brought, less what was refunded', () => {
    const wrong = demo.invoice.filter((invoice) => {
      const shares = (allocationsOfInvoice.get(invoice.id) ?? []).filter((share) => {
        const payment = payments.get(share.payment_id);
        return payment?.type === 'payment' && moneyIn.has(payment.status);
      });
      return sum(shares, (share) => share.amount - share.amount_refunded) !== invoice.paid_amount;
    });
    expect(wrong).toEqual([]);
  });

  test('a payment is wholly applied, to invoices of its own customer and currency', () => {
    const wrong = demo.payment.filter((payment) => {
      const shares = allocationsOfPayment.get(payment.id) ?? [];
      return (
        sum(shares, (share) => share.amount) !== payment.amount ||
        sum(shares, (share) => share.amount_refunded) !== payment.amount_refunded ||
        shares.some((share) => {
          const invoice = invoices.get(share.invoice_id);
          return invoice?.customer_id !== payment.customer_id || invoice.currency !== payment.currency_code;
        })
      );
    });
    expect(wrong).toEqual([]);
  });

  test('refunds return what their payment says was refunded, and come after it', () => {
    const refunds = demo.payment.filter((payment) => payment.type === 'refund');
    const byParent = groupBy(refunds, (refund) => refund.parent_id ?? '');
    expect(refunds.length).toBeGreaterThan(5);
    for (const payment of demo.payment.filter((row) => row.type === 'payment')) {
      expect(sum(byParent.get(payment.id) ?? [], (refund) => refund.amount)).toBe(payment.amount_refunded);
    }
    expect(
      refunds.filter((refund) => refund.timestamp <= (payments.get(refund.parent_id ?? '')?.timestamp ?? 'z')),
    ).toEqual([]);
  });
});

describe('statuses', () => {
  test('agree with the amounts', () => {
    const wrong = demo.invoice.filter((invoice) => {
      const credited = sum(creditsOf.get(invoice.id) ?? [], (note) => note.amount);
      switch (invoice.status) {
        case 'paid':
          return invoice.amount_due !== 0 || invoice.paid_amount === 0 || invoice.paid_at === null;
        case 'partially_paid':
          return invoice.amount_due === 0 || invoice.paid_amount === 0 || invoice.paid_at !== null;
        case 'void':
          return credited !== invoice.invoice_total || invoice.amount_due !== 0;
        case 'approved':
          return invoice.amount_due === 0 || invoice.paid_amount !== 0;
        default:
          return invoice.paid_amount !== 0 || credited !== 0;
      }
    });
    expect(wrong).toEqual([]);
  });

  test('of payments agree with what was refunded', () => {
    const wrong = demo.payment.filter(
      (payment) =>
        (payment.status === 'refunded') !== (payment.amount > 0 && payment.amount_refunded === payment.amount) ||
        (payment.status === 'partially_refunded') !==
          (payment.amount_refunded > 0 && payment.amount_refunded < payment.amount) ||
        (payment.status === 'failed') !== (payment.failure_message !== null),
    );
    expect(wrong).toEqual([]);
  });

  test('nothing happens after the day the demo was made', () => {
    const now = startOf(today);
    expect(demo.invoice.filter((row) => row.created_at > now && row.status !== 'draft')).toEqual([]);
    expect(demo.payment.filter((row) => row.timestamp > now)).toEqual([]);
    expect(demo.credit_note.filter((row) => row.created_at > now)).toEqual([]);
  });

  test('nothing is paid before it is invoiced', () => {
    const early = demo.payment_allocation.filter(
      (share) =>
        (payments.get(share.payment_id)?.timestamp ?? '') < (invoices.get(share.invoice_id)?.created_at ?? 'z'),
    );
    expect(early).toEqual([]);
  });
});

describe('days', () => {
  test.each([
    ['Meridian', 'America/New_York'],
    ['サクラ', 'Asia/Tokyo'],
    ['Gulf Pearl', 'Asia/Kuwait'],
  ])('of %s begin at midnight in %s', (name, timeZone) => {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });
    const moments = invoicesOf(name).flatMap((row) => [row.due_date, row.period_begin, row.period_end_exclusive]);
    const times = moments.filter((at) => at !== null).map((at) => clock.format(new Date(at)));
    expect(new Set(times)).toEqual(new Set(['00:00:00']));
  });
});

describe('the cast', () => {
  test('has a customer with more than 312 invoices that he can see', () => {
    expect(invoicesOf('Meridian').filter((invoice) => invoice.status !== 'draft').length).toBeGreaterThan(312);
  });

  test('has a new customer without anything', () => {
    const { id } = customerNamed('Tidepool');
    expect(invoicesOf('Tidepool')).toEqual([]);
    expect(demo.customer_entitlement.filter((grant) => grant.customer_id === id)).toEqual([]);
  });

  test('has a customer in arrears', () => {
    const owed = invoicesOf('Halvorsen').filter((invoice) => ['approved', 'partially_paid'].includes(invoice.status));
    expect(owed.filter((invoice) => (invoice.due_date ?? '') < startOf(today)).length).toBeGreaterThanOrEqual(3);
    expect(owed.some((invoice) => invoice.status === 'partially_paid')).toBe(true);
    expect(paymentsOf('Halvorsen').filter((payment) => payment.status === 'failed').length).toBeGreaterThan(5);
  });

  test('has declined charges that went through on a later try', () => {
    const failed = demo.payment.filter((payment) => payment.status === 'failed');
    const settled = failed.filter((payment) => {
      const [share] = allocationsOfPayment.get(payment.id) ?? [];
      return invoices.get(share?.invoice_id ?? '')?.status === 'paid';
    });
    expect(settled.length).toBeGreaterThan(20);
  });

  test.each([
    ['サクラ', ['JPY']],
    ['Gulf Pearl', ['KWD']],
    ['Polaris', ['EUR', 'GBP', 'USD']],
    ["O'Hara & Søns", ['DKK']],
    ['النخيل', ['AED']],
  ])('%s is billed in %j', (name, currencies) => {
    expect([...new Set(invoicesOf(name).map((invoice) => invoice.currency))].sort()).toEqual(currencies);
  });

  test('has full and partial refunds, credit notes and a voided invoice', () => {
    expect(paymentsOf('Fernhill').map((payment) => payment.status)).toEqual(
      expect.arrayContaining(['success', 'partially_refunded', 'refunded']),
    );
    expect(invoicesOf('Fernhill').filter((invoice) => invoice.status === 'void')).toHaveLength(2);
    expect(demo.credit_note.some((note) => note.repayment_method === 'invoice_adjusted')).toBe(true);
  });

  test('has prorations, fractions of a cent, drafts and what is upcoming', () => {
    expect(demo.invoice_line_item.some((line) => line.is_proration === 1 && line.unit_price.startsWith('-'))).toBe(
      true,
    );
    expect(demo.invoice_line_item.some((line) => line.unit_price === '0.0004')).toBe(true);
    expect(demo.invoice.some((invoice) => invoice.status === 'draft')).toBe(true);
    expect(demo.invoice.some((invoice) => invoice.status === 'upcoming')).toBe(true);
  });

  test('has entitlements at 0, 40, 85 and 100 %, unlimited, expired, upcoming and in fractions', () => {
    const { id } = customerNamed('Meridian');
    const grants = demo.customer_entitlement.filter((grant) => grant.customer_id === id);
    const shares = grants.map((grant) => (grant.quantity === null ? null : grant.quantity_used / grant.quantity));
    expect(shares).toEqual(expect.arrayContaining([0, 0.4, 0.85, 1, null]));
    expect(grants.some((grant) => grant.expiry_at !== null && grant.expiry_at < startOf(today))).toBe(true);
    expect(grants.some((grant) => grant.active_from > startOf(today))).toBe(true);
    expect(grants.some((grant) => grant.quantity_used % 1 !== 0)).toBe(true);
  });

  test('fills several pages of the customers list', () => {
    expect(demo.customer.length).toBeGreaterThanOrEqual(60);
    expect(new Set(demo.customer.map((customer) => customer.external_id)).size).toBe(demo.customer.length);
  });
});

describe('determinism', () => {
  test('the same day gives the same rows', () => {
    expect(buildDemo(organisationId, today)).toEqual(demo);
  });

  test.each(['2026-12-01', '2027-01-31', '2028-02-29', '2027-03-14'])('holds its promises on %s too', (day) => {
    const other = buildDemo(organisationId, day);
    const now = startOf(day);
    const credited = new Map<string, number>();
    for (const note of other.credit_note) {
      credited.set(note.invoice_id, (credited.get(note.invoice_id) ?? 0) + note.amount);
    }
    expect(
      other.invoice.filter(
        (row) =>
          row.paid_amount + (credited.get(row.id) ?? 0) + row.amount_due !== row.invoice_total || row.amount_due < 0,
      ),
    ).toEqual([]);
    expect(other.payment.filter((row) => row.timestamp > now)).toEqual([]);
    expect(other.credit_note.filter((row) => row.created_at > now)).toEqual([]);
  });

  test('new numbers go on behind those given out', () => {
    const highest = (numbers: (string | null)[]) =>
      Math.max(...numbers.map((number) => Number(number?.split('-')[1] ?? 0)));
    expect(demo.number_sequence.map(({ kind, last_number: last }) => [kind, last])).toEqual([
      ['invoice', highest(demo.invoice.map((row) => row.invoice_number))],
      ['credit_note', highest(demo.credit_note.map((row) => row.credit_note_number))],
      ['receipt', highest(demo.payment.map((row) => row.receipt_number))],
    ]);
  });

  test('ids are unique', () => {
    const ids = [demo.customer, demo.invoice, demo.payment, demo.invoice_line_item, demo.customer_entitlement].flatMap(
      (rows) => rows.map((row) => row.id),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});
