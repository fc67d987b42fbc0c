import type { RepaymentMethod } from '#contract/credit-notes.ts';
import type { PaymentMethod, PaymentMethodDetails } from '#contract/payments.ts';
import type { ContractTable } from '../contracts/contracts.table.ts';
import type { CreditNoteTable } from '../credit-notes/credit-notes.table.ts';
import type { InvoiceLineItemTable, InvoiceTable } from '../invoices/invoices.table.ts';
import { currencyDecimals, multiplyDecimals, percentOf, toMinor } from '../money.ts';
import type { NumberSequenceTable } from '../organisations/organisations.table.ts';
import type { PaymentAllocationTable, PaymentTable } from '../payments/payments.table.ts';
import { hasMoved } from '../payments/received.ts';
import type { Product } from './catalogue.ts';
import { seedId } from './random.ts';

export interface Line {
  product: Product;
  description?: string;
  quantity: number;
  /** Exact decimal text in major units. */
  unitPrice: string;
  discountPercent?: string;
  taxRate: string | null;
  period?: { begin: string; end: string };
  isProration?: boolean;
}

export interface NewInvoice {
  key: string;
  customerId: string;
  currency: string;
  contractId?: string;
  createdAt: string;
  dueAt: string;
  period?: { begin: string; end: string };
  lines: Line[];
  status?: InvoiceTable['status'];
  notes?: string;
}

/** How a customer pays. */
export interface Means {
  method: PaymentMethod;
  details: PaymentMethodDetails | null;
}

interface Share {
  invoice: InvoiceTable;
  amount: number;
}

/** Books invoices, payments, refunds and credit notes so that every sum holds after each entry. */
export class Ledger {
  readonly contracts: ContractTable[] = [];
  readonly invoices: InvoiceTable[] = [];
  readonly lines: InvoiceLineItemTable[] = [];
  readonly payments: PaymentTable[] = [];
  readonly allocations: PaymentAllocationTable[] = [];
  readonly creditNotes: CreditNoteTable[] = [];
  readonly sequences: NumberSequenceTable[] = [];
  private readonly organisationId: string;
  private readonly productIds: ReadonlyMap<string, string>;
  private readonly credited = new Map<string, number>();

  constructor(organisationId: string, productIds: ReadonlyMap<string, string>) {
    this.organisationId = organisationId;
    this.productIds = productIds;
  }

  addContract(contract: Omit<ContractTable, 'organisation_id'>): void {
    this.contracts.push({ organisation_id: this.organisationId, ...contract });
  }

  issue(invoice: NewInvoice): InvoiceTable {
    const id = seedId(invoice.createdAt, `invoice/${invoice.key}`);
    const lines = invoice.lines.map((line, position) => this.bookLine(line, position, id, invoice));
    const sum = (field: 'subtotal' | 'discount' | 'tax' | 'total') =>
      lines.reduce((total, line) => total + line[field], 0);
    const status = invoice.status ?? 'approved';
    const isIssued = status !== 'draft' && status !== 'upcoming';
    const row: InvoiceTable = {
      organisation_id: this.organisationId,
      customer_id: invoice.customerId,
      created_at: invoice.createdAt,
      id,
      external_id: null,
      invoice_number: '',
      status,
      currency: invoice.currency,
      invoice_total: sum('total'),
      net_invoice_total: null,
      subtotal: sum('subtotal'),
      discount_total: sum('discount'),
      tax_total: sum('tax'),
      paid_amount: 0,
      amount_due: sum('total'),
      due_date: invoice.dueAt,
      promise_due_date: null,
      period_begin: invoice.period?.begin ?? null,
      period_end_exclusive: invoice.period?.end ?? null,
      contract_id: invoice.contractId ?? null,
      notes: invoice.notes ?? null,
      custom_data: null,
      approved_at: isIssued ? invoice.createdAt : null,
      sent_at: isIssued ? invoice.createdAt : null,
      paid_at: null,
      updated_at: invoice.createdAt,
      applied_balance: 0,
      invoice_url: null,
      payment_url: null,
      charged_at: null,
      created_by: null,
    };
    this.invoices.push(row);
    this.lines.push(...lines);
    return row;
  }

  /** Money that arrived for one or several invoices of one customer and currency. */
  pay(shares: readonly [Share, ...Share[]], at: string, means: Means, status: PaymentTable['status'] = 'success') {
    const payment = this.record(shares, at, means, { type: 'payment', status });
    if (hasMoved(status)) {
      for (const { invoice, amount } of shares) {
        this.settle(invoice, amount, at);
      }
    }
    return payment;
  }

  /** A charge that the customer's bank declined. It names the invoice, and changes nothing on it. */
  fail(invoice: InvoiceTable, at: string, means: Means, message: string): void {
    this.record([{ invoice, amount: invoice.amount_due }], at, means, {
      type: 'payment',
      status: 'failed',
      failure_message: message,
    });
  }

  /** Gives money back and credits the invoice with as much, so that nothing is owed again. */
  refund(payment: PaymentTable, invoice: InvoiceTable, amount: number, at: string, reason: string): void {
    const allocation = this.allocations.find((row) => row.payment_id === payment.id && row.invoice_id === invoice.id);
    if (allocation === undefined) {
      throw new Error(`Payment ${payment.id} was not applied to invoice ${invoice.id}`);
    }
    const means = { method: payment.payment_method, details: detailsOf(payment) };
    this.record([{ invoice, amount }], at, means, { type: 'refund', status: 'success', parent_id: payment.id });
    allocation.amount_refunded += amount;
    payment.amount_refunded += amount;
    payment.status = payment.amount_refunded === payment.amount ? 'refunded' : 'partially_refunded';
    payment.updated_at = at;
    invoice.paid_amount -= amount;
    this.credit(invoice, amount, at, reason, 'original_payment_method');
  }

  credit(invoice: InvoiceTable, amount: number, at: string, reason: string, repayment: RepaymentMethod): void {
    const isRepaid = repayment === 'original_payment_method';
    this.creditNotes.push({
      organisation_id: this.organisationId,
      id: seedId(at, `credit/${invoice.id}/${this.creditNotes.length}`),
      customer_id: invoice.customer_id,
      invoice_id: invoice.id,
      credit_note_number: '',
      amount,
      currency: invoice.currency,
      status: isRepaid ? 'paid' : 'issued',
      repayment_method: repayment,
      reason,
      created_at: at,
      custom_data: null,
      credits_returned: 0,
    });
    this.credited.set(invoice.id, (this.credited.get(invoice.id) ?? 0) + amount);
    this.settle(invoice, 0, at);
  }

  private settle(invoice: InvoiceTable, paid: number, at: string): void {
    const credited = this.credited.get(invoice.id) ?? 0;
    invoice.paid_amount += paid;
    invoice.amount_due = invoice.invoice_total - invoice.paid_amount - credited;
    invoice.updated_at = at;
    if (credited === invoice.invoice_total) {
      invoice.status = 'void';
      invoice.paid_at = null;
    } else if (invoice.amount_due === 0) {
      invoice.status = 'paid';
      invoice.paid_at ??= at;
    } else if (invoice.paid_amount > 0) {
      invoice.status = 'partially_paid';
    }
  }

  private bookLine(line: Line, position: number, invoiceId: string, invoice: NewInvoice): InvoiceLineItemTable {
    const decimals = currencyDecimals(invoice.currency);
    const subtotal = toMinor(multiplyDecimals(String(line.quantity), line.unitPrice), decimals);
    const discount = percentOf(subtotal, line.discountPercent ?? '0');
    const tax = percentOf(subtotal - discount, line.taxRate ?? '0');
    return {
      organisation_id: this.organisationId,
      invoice_id: invoiceId,
      position,
      id: seedId(invoice.createdAt, `line/${invoice.key}/${position}`),
      product_id: this.productIds.get(line.product.key) ?? null,
      name: line.product.name,
      description: line.description ?? null,
      quantity: line.quantity,
      unit: line.product.unit,
      unit_price: line.unitPrice,
      subtotal,
      discount,
      tax_rate: line.taxRate,
      tax,
      total: subtotal - discount + tax,
      period_begin: line.period?.begin ?? null,
      period_end_exclusive: line.period?.end ?? null,
      is_proration: line.isProration === true ? 1 : 0,
    };
  }

  private record(
    shares: readonly [Share, ...Share[]],
    at: string,
    means: Means,
    facts: Pick<PaymentTable, 'type' | 'status'> & Partial<PaymentTable>,
  ): PaymentTable {
    const [{ invoice }] = shares;
    const payment: PaymentTable = {
      organisation_id: this.organisationId,
      customer_id: invoice.customer_id,
      timestamp: at,
      id: seedId(at, `payment/${facts.type}/${facts.status}/${invoice.id}/${this.payments.length}`),
      external_id: null,
      amount: shares.reduce((total, share) => total + share.amount, 0),
      amount_refunded: 0,
      currency_code: invoice.currency,
      payment_method: means.method,
      payment_method_details: means.details === null ? null : JSON.stringify(means.details),
      receipt_number: null,
      failure_message: null,
      parent_id: null,
      created_at: at,
      updated_at: at,
      connector_id: null,
      connector_name: null,
      description: null,
      refund_destination: null,
      ...facts,
    };
    this.payments.push(payment);
    this.allocations.push(
      ...shares.map((share) => ({
        organisation_id: this.organisationId,
        payment_id: payment.id,
        invoice_id: share.invoice.id,
        amount: share.amount,
        amount_refunded: 0,
      })),
    );
    return payment;
  }

  /** Numbers everything in the order in which it was made, and leaves off where new ones go on. Called once, at the end. */
  number(): void {
    const receipts = this.payments.filter((row) => row.status !== 'failed' && row.status !== 'in_progress');
    const last = { invoice: 100_000, credit_note: 100_000, receipt: 500_000 };
    for (const row of inOrder(this.invoices, ({ created_at: at }) => at)) {
      last.invoice += 1;
      row.invoice_number = `INV-${last.invoice}`;
    }
    for (const row of inOrder(this.creditNotes, ({ created_at: at }) => at)) {
      last.credit_note += 1;
      row.credit_note_number = `CN-${last.credit_note}`;
    }
    for (const row of inOrder(receipts, ({ timestamp: at }) => at)) {
      last.receipt += 1;
      row.receipt_number = `RCT-${last.receipt}`;
    }
    for (const kind of ['invoice', 'credit_note', 'receipt'] as const) {
      this.sequences.push({ organisation_id: this.organisationId, kind, last_number: last[kind] });
    }
  }
}

const detailsOf = (payment: PaymentTable): PaymentMethodDetails | null =>
  payment.payment_method_details === null ? null : (JSON.parse(payment.payment_method_details) as PaymentMethodDetails);

const inOrder = <Row extends { id: string }>(rows: readonly Row[], timeOf: (row: Row) => string): Row[] =>
  [...rows].sort((a, b) => (`${timeOf(a)}${a.id}` < `${timeOf(b)}${b.id}` ? -1 : 1));
