export interface FilterChoice {
  key: string;
  label: string;
  options: readonly { value: string; label: string }[];
}

/** What narrows a list, ready for JSON. */
export interface FilterValue {
  search: string;
  /** Chosen option values by choice key. */
  chosen: Readonly<Record<string, readonly string[]>>;
  /** First and last day, `2026-11-23`, or empty. */
  from: string;
  to: string;
}

export const noFilter: FilterValue = { search: '', chosen: {}, from: '', to: '' };

export const isFiltered = ({ search, chosen, from, to }: FilterValue): boolean =>
  Boolean(search || from || to || Object.values(chosen).some(({ length }) => length > 0));

/** The reader narrowed or widened a list with a `zk-filter-bar`. */
export class FilterChangeEvent extends Event {
  readonly value: FilterValue;

  constructor(value: FilterValue) {
    super('zk-filter-change');
    this.value = value;
  }
}

/** A `zk-filter-popover` asks its bar to change a part of the value. */
export class FilterPartEvent extends Event {
  readonly part: Partial<FilterValue>;

  constructor(part: Partial<FilterValue>) {
    super('zk-filter-part');
    this.part = part;
  }
}

declare global {
  interface HTMLElementEventMap {
    'zk-filter-part': FilterPartEvent;
    'zk-filter-change': FilterChangeEvent;
  }
}
