const movingByThemselves = new Set(['updated_at', 'version']);

/** The names of the columns that a change gives another value: for an entry that says what was changed, not to what. */
export const changedFields = <Row extends object>(before: Row, after: Partial<Row>): string[] =>
  (Object.keys(after) as (keyof Row & string)[]).filter(
    (column) => !movingByThemselves.has(column) && before[column] !== after[column],
  );
