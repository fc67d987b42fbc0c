import type { ErrorDetail } from '#contract/errors.ts';
import type { PaymentRecord, RefundRecord } from '#contract/merchant-payments.ts';
import { gatherReferences, Referenced } from '../bulk/references.ts';
import type { Reference } from '../bulk/references.ts';
import type { Outcome } from '../bulk/upsert.ts';
import type { Clock } from '../clock.ts';
import { momentIn } from '../customers/billing-day.ts';
import { getTimeZone } from '../customers/customers.service.ts';
import type { Trx } from '../database/transaction.ts';
import { HttpError, referenceUnknown } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';
import { findStoredPayments } from './booking.ts';
import type { StoredPayment } from './booking.ts';
import { changeStoredPayment } from './change-payment.ts';
import type { PaymentTable } from './payments.table.ts';
import { refreshReceivables } from './receivables.ts';
import { getPayer, lookUpNamed, makePayment, storePayments } from './record-payment.ts';
import type { Named, NewPayment } from './record-payment.ts';
import { bookRefund } from './refund-payment.ts';

type RecordedPayment = Exclude<PaymentRecord, RefundRecord>;

interface Known extends StoredPayment {
  id: string;
  external_id: string | null;
}

const knownOf = (stored: StoredPayment): Known => ({
  ...stored,
  id: stored.payment.id,
  external_id: stored.payment.external_id,
});

const isRefund = (record: PaymentRecord): record is RefundRecord => record.type === 'refund';

/** Refuses a record that would change what makes the payment the one it is; undefined says nothing of a column. */
const requireSame = (payment: PaymentTable, wanted: Partial<PaymentTable>): void => {
  const detail = (Object.entries(wanted) as [keyof PaymentTable, unknown][])
    .filter(([name, value]) => value !== undefined && value !== payment[name])
    .map(([name]): ErrorDetail => ({
      loc: ['body', name],
      msg: `The payment is there with ${String(payment[name])}: this cannot be changed`,
      type: 'immutable',
    }));
  if (detail.length > 0) {
    const message = detail.map(({ loc, msg }) => `${loc.slice(1).join('.')}: ${msg}`).join('; ');
    throw new HttpError(409, 'payment_state_invalid', message, { detail });
  }
};

/**
 * Payments and refunds of one batch, by their external ids. New payments are gathered and stored together; what builds
 * on them stores them first.
 */
export class PaymentBatch {
  private readonly trx: Trx;
  private readonly clock: Clock;
  private readonly scope: OrganisationScope;
  private readonly named: Named;
  private readonly known: Referenced<Known>;
  private readonly pending = new Map<string, NewPayment>();
  /** External ids, and ids, of what this batch has stored or changed since it was looked up. */
  private readonly stale = new Set<string>();

  private constructor(trx: Trx, clock: Clock, scope: OrganisationScope, named: Named, known: Referenced<Known>) {
    this.trx = trx;
    this.clock = clock;
    this.scope = scope;
    this.named = named;
    this.known = known;
  }

  static async open(
    trx: Trx,
    clock: Clock,
    scope: OrganisationScope,
    records: readonly PaymentRecord[],
  ): Promise<PaymentBatch> {
    const references = records.flatMap((record): Reference[] => [
      { id: null, externalId: record.external_id },
      ...(isRefund(record) ? [{ id: record.parent_id, externalId: record.parent_external_id }] : []),
    ]);
    const stored = await findStoredPayments(trx, scope, gatherReferences(references));
    const payments = records.filter((record): record is RecordedPayment => !isRefund(record));
    const invoiceIds = stored.flatMap(({ parts }) => parts.map((part) => part.invoice_id));
    const named = await lookUpNamed(trx, scope, payments, invoiceIds);
    return new PaymentBatch(trx, clock, scope, named, new Referenced(stored.map(knownOf)));
  }

  /** @throws HttpError where a record breaks a rule; then nothing of it has been written */
  async take(record: PaymentRecord): Promise<Outcome> {
    const known = await this.find({ id: null, externalId: record.external_id });
    if (isRefund(record)) {
      return known === undefined ? this.refund(record) : this.keepRefund(known, record);
    }
    return known === undefined ? this.create(record) : this.change(known, record);
  }

  /** Stores the new payments that were gathered. */
  async store(): Promise<void> {
    const payments = [...this.pending.values()];
    this.pending.clear();
    for (const { row } of payments) {
      this.stale.add(row.external_id ?? row.id);
    }
    await storePayments(this.trx, this.clock, this.scope, payments);
  }

  private async find(reference: Reference): Promise<Known | undefined> {
    const { id, externalId } = reference;
    if (externalId && this.pending.has(externalId)) {
      await this.store();
    }
    const known = this.known.find(reference);
    const isStale = [id, externalId, known?.id, known?.external_id].some((name) => name && this.stale.has(name));
    if (!isStale) {
      return known;
    }
    const [stored] = await findStoredPayments(this.trx, this.scope, gatherReferences([reference]));
    if (stored !== undefined) {
      this.known.put(knownOf(stored));
    }
    return this.known.find(reference);
  }

  private create(record: RecordedPayment): Outcome {
    const payment = makePayment(this.clock, this.scope, this.named, record);
    this.pending.set(record.external_id, payment);
    return { id: payment.row.id, status: 'created' };
  }

  private async change(known: Known, record: RecordedPayment): Promise<Outcome> {
    const payer = getPayer(this.named, record);
    requireSame(known.payment, {
      customer_id: payer.id,
      amount: record.amount,
      currency_code: record.currency_code,
      type: record.type ?? (known.payment.type === 'refund' ? 'payment' : undefined),
      timestamp: record.timestamp && momentIn(record.timestamp, payer.time_zone),
      connector_id: record.connector_id,
      connector_name: record.connector_name,
    } as Partial<PaymentTable>);
    const { payment_parts, payment_method, payment_method_details, status } = record;
    const { receipt_number, description, failure_message } = record;
    return this.apply(known, {
      payment_parts,
      payment_method,
      payment_method_details,
      status,
      receipt_number,
      description,
      failure_message,
    });
  }

  private async apply(known: Known, patch: Parameters<typeof changeStoredPayment>[4]): Promise<Outcome> {
    const { trx, clock, scope, named } = this;
    const changed = await changeStoredPayment(trx, clock, scope, known, patch, named.receivables);
    if (changed === undefined) {
      return { id: known.id, status: 'unchanged' };
    }
    this.stale.add(known.id);
    await this.refresh(changed.touched);
    return { id: known.id, status: 'updated' };
  }

  private async refund(record: RefundRecord): Promise<Outcome> {
    const parent = await this.find({ id: record.parent_id, externalId: record.parent_external_id });
    if (parent === undefined) {
      throw referenceUnknown(record.parent_id === undefined ? 'parent_external_id' : 'parent_id', 'payment');
    }
    await this.store();
    const { trx, clock, scope } = this;
    const { id, touched } = await bookRefund(trx, clock, scope, parent, {
      amount: record.amount,
      parts: record.payment_parts ?? [],
      names: { amount: 'amount', parts: 'payment_parts' },
      destination: record.refund_destination,
      isWrittenOff: record.writeoff_invoices,
      externalId: record.external_id,
      receiptNumber: record.receipt_number ?? null,
      description: record.description ?? null,
      timestamp: record.timestamp,
    });
    this.stale.add(record.external_id).add(parent.id);
    await this.refresh(touched);
    return { id, status: 'created' };
  }

  private async keepRefund(known: Known, record: RefundRecord): Promise<Outcome> {
    const parent = await this.find({ id: record.parent_id, externalId: record.parent_external_id });
    const timeZone = await getTimeZone(this.trx, { ...this.scope, customerId: known.payment.customer_id });
    requireSame(known.payment, {
      type: 'refund',
      amount: record.amount,
      parent_id: parent?.id ?? null,
      timestamp: record.timestamp && momentIn(record.timestamp, timeZone),
      refund_destination: record.refund_destination,
    } as Partial<PaymentTable>);
    return this.apply(known, { description: record.description, receipt_number: record.receipt_number });
  }

  /** Reads again what invoices owe, once everything that pays them is stored. */
  private async refresh(invoiceIds: readonly string[]): Promise<void> {
    await this.store();
    await refreshReceivables(this.trx, this.scope, this.named.receivables, invoiceIds);
  }
}
