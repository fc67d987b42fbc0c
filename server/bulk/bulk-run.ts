import type { BulkResult } from '#contract/bulk.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { transact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Line, RecordLine } from '../http/ndjson.ts';
import { asHttpError } from '../http/on-error.ts';
import type { OrganisationScope } from '../scope.ts';
import type { Outcome, UpsertBatch } from './upsert.ts';

export interface Keyed {
  external_id: string;
}

/** What the records are, in the plural, as the audit names them. */
export type BulkKind = 'customers' | 'invoices' | 'payments' | 'entitlements';

type Result = Omit<BulkResult, 'line' | 'external_id'>;

const failed = (error: NonNullable<BulkResult['error']>): Result => ({ status: 'failed', id: null, error });

const resultOf = (outcome: Outcome | undefined): Result => {
  if (outcome === undefined) {
    throw new Error('A batch answers fewer outcomes than it has records');
  }
  return 'refusal' in outcome ? failed({ ...outcome.refusal, retryable: false }) : { ...outcome, error: null };
};

interface BulkCaller {
  scope: OrganisationScope;
  author: Author;
  /** Throws when the caller may no longer write: a stream may outlive its key. */
  requireCaller: (trx: Trx) => Promise<void>;
}

/**
 * One stream of records on its way into the database: a transaction a batch, with one entry in the audit. A batch that
 * changed nothing has none.
 */
export class BulkRun<Value extends Keyed> {
  private readonly dependencies: Dependencies;
  private readonly kind: BulkKind;
  private readonly upsert: UpsertBatch<Value>;
  private readonly scope: OrganisationScope;
  private readonly author: Author;
  private readonly requireCaller: BulkCaller['requireCaller'];

  constructor(
    dependencies: Dependencies,
    kind: BulkKind,
    upsert: UpsertBatch<Value>,
    { scope, author, requireCaller }: BulkCaller,
  ) {
    this.dependencies = dependencies;
    this.kind = kind;
    this.upsert = upsert;
    this.scope = scope;
    this.author = author;
    this.requireCaller = requireCaller;
  }

  /** Answers one result a line. What is not a record's own fault is told of each record of the batch, all undone. */
  async take(lines: readonly Line<Value>[]): Promise<BulkResult[]> {
    const good = lines.filter((line): line is RecordLine<Value> => 'record' in line);
    const records = good.map((line) => line.record);
    const results = (await this.save(records, lines.length - good.length)).values();
    return lines.map((line) => {
      const result =
        'record' in line
          ? (results.next().value as Result)
          : failed({ code: line.code, message: line.message, detail: line.detail, retryable: false });
      const externalId = 'record' in line ? line.record.external_id : line.externalId;
      return { line: line.line, external_id: externalId, ...result };
    });
  }

  private async save(records: readonly Value[], badLines: number): Promise<Result[]> {
    if (records.length === 0) {
      return [];
    }
    const { db, clock, log } = this.dependencies;
    try {
      const outcomes = await transact(db, async (trx) => {
        await this.requireCaller(trx);
        const made = await this.upsert(trx, clock, this.scope, this.author, records);
        await this.writeDown(trx, made, badLines);
        return made;
      });
      return records.map((_, index) => resultOf(outcomes[index]));
    } catch (error) {
      const { status, code, message, options } = asHttpError(error);
      const isOurFault = status === 500;
      log[isOurFault ? 'error' : 'warn'](
        { ...(isOurFault ? { err: error } : { code }), request_id: this.author.requestId },
        'a batch was undone',
      );
      return records.map(() =>
        failed({ code, message, retryable: options.retryable ?? false, detail: options.detail ?? [] }),
      );
    }
  }

  private async writeDown(trx: Trx, outcomes: readonly Outcome[], badLines: number): Promise<void> {
    const counts = { created: 0, updated: 0, unchanged: 0, failed: badLines };
    for (const outcome of outcomes) {
      counts['refusal' in outcome ? 'failed' : outcome.status] += 1;
    }
    if (counts.created + counts.updated > 0) {
      const action = `${this.kind}.bulk_changed` as const;
      await audit(trx, this.dependencies.clock, this.scope, { ...this.author, action, detail: counts });
    }
  }
}
