import type { InvoiceInput } from '#contract/merchant-invoice-input.ts';
import { idSequence, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import { externalIdTaken } from '../http/errors.ts';
import { nextNumbers, passOverNumbers } from '../organisations/numbering.ts';
import type { OrganisationScope } from '../scope.ts';
import { hasListener } from '../webhooks/outbox.ts';
import type { BookedLine } from './booking.ts';
import { emitInvoiceEvents } from './invoice-events.ts';
import type { InvoiceEventType } from './invoice-events.ts';
import { findReferences } from './invoice-references.ts';
import type { References } from './invoice-references.ts';
import { changedInvoice, newInvoice } from './invoice-state.ts';
import type { InvoiceChange, InvoiceState } from './invoice-state.ts';
import {
  deleteLineItems,
  findInvoicesByExternalId,
  insertInvoices,
  insertLineItems,
  updateInvoice,
} from './invoice-writes.repository.ts';
import type { InvoiceLineItemTable, InvoiceTable } from './invoices.table.ts';
import { findLineItemsOf } from './merchant-invoices.repository.ts';
import { isIssued } from './settlement.ts';

/** An invoice of the batch: what is stored of it, and what will be. */
export interface Entry {
  stored: InvoiceState | undefined;
  state: InvoiceState;
}

const eventsOf = ({ stored, state: { row } }: Entry): InvoiceEventType[] => {
  const wasIssued = stored !== undefined && isIssued(stored.row.status);
  const approved: InvoiceEventType[] = isIssued(row.status) && !wasIssued ? ['invoice.approved'] : [];
  const paid: InvoiceEventType[] = row.status === 'paid' && !wasIssued ? ['invoice.paid'] : [];
  if (stored === undefined) {
    return ['invoice.created', ...approved, ...paid];
  }
  return approved.length === 0 ? ['invoice.updated'] : [...approved, ...paid];
};

const allEvents = ['invoice.created', 'invoice.updated', 'invoice.approved', 'invoice.paid'] as const;

/** The invoices as they are stored, with their lines. */
export const withLines = async (
  trx: Trx,
  scope: OrganisationScope,
  rows: readonly InvoiceTable[],
): Promise<InvoiceState[]> => {
  if (rows.length === 0) {
    return [];
  }
  const ids = rows.map((row) => row.id);
  const lines = Map.groupBy(await findLineItemsOf(trx, scope, ids), (line) => line.invoice_id);
  return rows.map((row) => ({ row, lines: lines.get(row.id) ?? [] }));
};

/**
 * Creates and changes invoices: many at a time, with one query for each kind of thing that they name, and a few
 * statements to write them all. `take` decides what becomes of one; nothing is written before `save`.
 */
export class InvoiceBatch {
  private readonly trx: Trx;
  private readonly clock: Clock;
  private readonly scope: OrganisationScope;
  private readonly references: References;
  private readonly now: string;
  private readonly nextId: () => string;
  private readonly byExternalId = new Map<string, Entry>();
  private readonly changed = new Set<Entry>();

  private constructor(trx: Trx, clock: Clock, scope: OrganisationScope, references: References) {
    this.trx = trx;
    this.clock = clock;
    this.scope = scope;
    this.references = references;
    this.now = timestamp(clock.now());
    this.nextId = idSequence(clock);
  }

  /** Looks up all that these changes are about to name, and who has the invoice that one of them changes by its id. */
  static async open(
    trx: Trx,
    clock: Clock,
    scope: OrganisationScope,
    changes: readonly InvoiceChange[],
    holderId?: string,
  ): Promise<InvoiceBatch> {
    const batch = new InvoiceBatch(trx, clock, scope, await findReferences(trx, scope, changes, holderId));
    const externalIds = new Set(changes.flatMap(({ external_id: externalId }) => externalId ?? []));
    if (externalIds.size > 0) {
      const rows = await findInvoicesByExternalId(trx, scope, [...externalIds]);
      for (const stored of await withLines(trx, scope, rows)) {
        batch.byExternalId.set(stored.row.external_id ?? '', { stored, state: stored });
      }
    }
    return batch;
  }

  /** @throws HttpError 409 `external_id_taken`, 422 naming each field that breaks a rule */
  create(input: InvoiceInput): string {
    const { external_id: externalId } = input;
    if (externalId != null && this.byExternalId.has(externalId)) {
      throw externalIdTaken(externalId);
    }
    const id = this.nextId();
    const { organisationId } = this.scope;
    const state = newInvoice({ organisationId, id, now: this.now }, input, this.references);
    const entry: Entry = { stored: undefined, state };
    this.changed.add(entry);
    if (externalId != null) {
      this.byExternalId.set(externalId, entry);
    }
    return id;
  }

  /**
   * Answers whether anything changes.
   * @throws HttpError 409 `external_id_taken` or `invoice_state_invalid`, 422 naming each field that breaks a rule
   */
  change(entry: Entry, change: InvoiceChange): boolean {
    const { external_id: externalId } = change;
    const holder = externalId == null ? undefined : this.byExternalId.get(externalId);
    if (externalId != null && holder !== undefined && holder.state.row.id !== entry.state.row.id) {
      throw externalIdTaken(externalId);
    }
    const state = changedInvoice(entry.state, change, this.references, this.now);
    if (state !== undefined) {
      entry.state = state;
      this.changed.add(entry);
    }
    return state !== undefined;
  }

  /** Creates or changes the invoice of this external id. */
  take(input: InvoiceInput & { external_id: string }): { id: string; status: 'created' | 'updated' | 'unchanged' } {
    const entry = this.byExternalId.get(input.external_id);
    if (entry === undefined) {
      return { id: this.create(input), status: 'created' };
    }
    return { id: entry.state.row.id, status: this.change(entry, input) ? 'updated' : 'unchanged' };
  }

  async save(): Promise<void> {
    const { trx, clock, scope } = this;
    await this.number();
    const entries = [...this.changed];
    const made = entries.filter(({ stored }) => stored === undefined);
    const updated = entries.filter(({ stored }) => stored !== undefined);
    await insertInvoices(
      trx,
      made.map(({ state }) => state.row),
    );
    for (const { state } of updated) {
      await updateInvoice(trx, state.row);
    }
    const rewritten = updated.filter(({ stored, state }) => stored?.lines !== state.lines);
    if (rewritten.length > 0) {
      await deleteLineItems(
        trx,
        scope,
        rewritten.map(({ state }) => state.row.id),
      );
    }
    await insertLineItems(
      trx,
      [...made, ...rewritten].flatMap(({ state }) => this.lineItems(state)),
    );
    if (entries.length > 0 && (await hasListener(trx, scope, allEvents))) {
      for (const entry of entries) {
        await emitInvoiceEvents(trx, clock, scope, entry.state.row.id, eventsOf(entry));
      }
    }
  }

  /** Numbers are given out last, so that a refused invoice leaves no gap. */
  private async number(): Promise<void> {
    const given = [...this.changed].map(({ state }) => state.row.invoice_number);
    await passOverNumbers(this.trx, this.scope, 'invoice', given);
    const unnumbered = [...this.changed].filter(({ state }) => state.row.invoice_number === '');
    if (unnumbered.length > 0) {
      const numbers = await nextNumbers(this.trx, this.scope, 'invoice', unnumbered.length);
      for (const [index, { state }] of unnumbered.entries()) {
        state.row.invoice_number = numbers[index] ?? '';
      }
    }
  }

  private lineItems({ row, lines }: InvoiceState): InvoiceLineItemTable[] {
    return lines.map((line: BookedLine, position) => ({
      ...line,
      organisation_id: row.organisation_id,
      invoice_id: row.id,
      position,
      id: this.nextId(),
    }));
  }
}
