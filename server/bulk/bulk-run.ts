import type { BulkResult } from '#contract/bulk.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { transact } from '../database/transaction.ts';
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

/** One stream of records on its way into the database: a transaction a batch, and one entry in the audit at its end. One that changed nothing has none. */
export class BulkRun<Value extends Keyed> {
  private readonly dependencies: Dependencies;
  private readonly kind: BulkKind;
  private readonly upsert: UpsertBatch<Value>;
  private readonly scope: OrganisationScope;
  private readonly author: Author;
  private readonly counts: Record<BulkResult['status'], number> = { created: 0, updated: 0, unchanged: 0, failed: 0 };

  constructor(
    dependencies: Dependencies,
    kind: BulkKind,
    upsert: UpsertBatch<Value>,
    { scope, author }: { scope: OrganisationScope; author: Author },
  ) {
    this.dependencies = dependencies;
    this.kind = kind;
    this.upsert = upsert;
    this.scope = scope;
    this.author = author;
  }

  /** Answers one result a line. What is not a record's own fault is told of each record of the batch, all undone. */
  async take(lines: readonly Line<Value>[]): Promise<BulkResult[]> {
    const good = lines.filter((line): line is RecordLine<Value> => 'record' in line);
    const results = (await this.save(good.map((line) => line.record))).values();
    return lines.map((line) => {
      const result =
        'record' in line
          ? (results.next().value as Result)
          : failed({ code: line.code, message: line.message, detail: line.detail, retryable: false });
      this.counts[result.status] += 1;
      const externalId = 'record' in line ? line.record.external_id : line.externalId;
      return { line: line.line, external_id: externalId, ...result };
    });
  }

  async finish(isComplete: boolean): Promise<void> {
    const { db, clock, log } = this.dependencies;
    const { counts, kind, scope, author } = this;
    if (counts.created + counts.updated === 0) {
      return;
    }
    try {
      await transact(db, (trx) =>
        audit(trx, clock, scope, {
          ...author,
          action: `${kind}.bulk_changed`,
          detail: { ...counts, complete: isComplete },
        }),
      );
    } catch (error) {
      log.error({ err: error, request_id: author.requestId, ...counts }, 'the end of a bulk change was not audited');
    }
  }

  private async save(records: readonly Value[]): Promise<Result[]> {
    if (records.length === 0) {
      return [];
    }
    const { db, clock, log } = this.dependencies;
    try {
      const outcomes = await transact(db, (trx) => this.upsert(trx, clock, this.scope, this.author, records));
      return records.map((_, index) => resultOf(outcomes[index]));
    } catch (error) {
      log.error({ err: error, request_id: this.author.requestId }, 'a batch was undone');
      const { code, message, options } = asHttpError(error);
      return records.map(() =>
        failed({ code, message, retryable: options.retryable ?? false, detail: options.detail ?? [] }),
      );
    }
  }
}
