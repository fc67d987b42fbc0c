import { externalIdTaken } from '../http/errors.ts';

/** How one record names another: by our id or by the merchant's. */
export interface Reference {
  id: string | null | undefined;
  externalId: string | null | undefined;
}

export interface References {
  ids: string[];
  externalIds: string[];
}

/** What many references ask for, each id once: for one query. */
export const gatherReferences = (references: Iterable<Reference>): References => {
  const ids = new Set<string>();
  const externalIds = new Set<string>();
  for (const { id, externalId } of references) {
    if (id) {
      ids.add(id);
    } else if (externalId) {
      externalIds.add(externalId);
    }
  }
  return { ids: [...ids], externalIds: [...externalIds] };
};

/** Records that were read for many references, found by either. */
export class Referenced<Row extends { id: string; external_id: string | null }> {
  private readonly byId = new Map<string, Row>();
  private readonly byExternalId = new Map<string, Row>();

  constructor(rows: Iterable<Row>) {
    for (const row of rows) {
      this.put(row);
    }
  }

  /** Adds a record, or puts it in the place of the one with its id. */
  put(row: Row): void {
    this.byId.set(row.id, row);
    if (row.external_id !== null) {
      this.byExternalId.set(row.external_id, row);
    }
  }

  find({ id, externalId }: Reference): Row | undefined {
    if (id) {
      return this.byId.get(id);
    }
    return externalId ? this.byExternalId.get(externalId) : undefined;
  }
}

/** Reads those of the records that are there. */
type FindRecords<Row> = (references: References) => Promise<Row[]>;

/** The records that are named, read by one query; by none where nothing is named. */
export const findReferenced = async <Row extends { id: string; external_id: string | null }>(
  references: Iterable<Reference>,
  find: FindRecords<Row>,
): Promise<Referenced<Row>> => {
  const gathered = gatherReferences(references);
  const isAny = gathered.ids.length + gathered.externalIds.length > 0;
  return new Referenced(isAny ? await find(gathered) : []);
};

/**
 * @param ownId The record that is to have the external id, where it is there already.
 * @throws HttpError 409 `external_id_taken` when another record has it
 */
export const requireFreeExternalId = async (
  externalId: string | null | undefined,
  find: FindRecords<{ id: string }>,
  ownId?: string,
): Promise<void> => {
  if (externalId !== null && externalId !== undefined) {
    const holders = await find({ ids: [], externalIds: [externalId] });
    if (holders.some(({ id }) => id !== ownId)) {
      throw externalIdTaken(externalId);
    }
  }
};
