import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { arrowDownIcon, arrowUpIcon, icon } from '../icons/icons.ts';
import type { ViewContext } from '../view-context.ts';

export interface Sort {
  key: string;
  isDescending: boolean;
}

export interface Column<Row> {
  /** Also the key it is sorted by. */
  key: string;
  label: string;
  cell: (row: Row) => unknown;
  isAtEnd?: boolean;
  isSortable?: boolean;
  /** From which width of the container it is a column: `medium` 800 px, `wide` 940 px. Always, when absent. */
  from?: 'medium' | 'wide';
  /** Its place on a card, under 680 px: `corner` is the end of the first line, `hidden` leaves it out. */
  card?: 'corner' | 'hidden';
}

export interface DataTable<Row> {
  ctx: ViewContext;
  /** The accessible name. */
  label: string;
  /** The first column names the row. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** The next page is on its way: the rows stay, dimmed. */
  isBusy: boolean;
  /** What a row opens, by a press anywhere on it or by the button in its first cell. */
  open?: (row: Row) => void;
}

/** A sortable list of rows: a real table, which turns into cards in a narrow container. */
export const dataTable = <Row>(table: DataTable<Row>): TemplateResult => html`
  <zk-sort-select exportparts="input" .table=${table}></zk-sort-select>
  <table part="table" class=${tableClass(table)} role="table" aria-label=${table.label} aria-busy=${table.isBusy}>
    <thead role="rowgroup">
      <tr role="row">
        ${table.columns.map((column) => headerCell(column, table))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${bodyRows(table)}
    </tbody>
  </table>
`;

const drawn = new WeakMap<readonly unknown[], readonly TemplateResult[]>();

/** While the next page is on its way the rows stay as they are, down to their templates: drawing them takes its time. */
function bodyRows<Row>(table: DataTable<Row>): readonly TemplateResult[] {
  const known = table.isBusy && drawn.get(table.rows);
  const rows = known || table.rows.map((row) => bodyRow(row, table));
  drawn.set(table.rows, rows);
  return rows;
}

const tableClass = <Row>({ ctx, open }: DataTable<Row>): string =>
  `data ${ctx.dense ? 'dense' : ''} ${open ? 'opens' : ''}`;

const cellClass = <Row>({ isAtEnd, from, card }: Column<Row>): string =>
  `${isAtEnd ? 'numeric number' : ''} ${from ? `from-${from}` : ''} ${card ?? ''}`;

export const directionIcon = (sort: Sort): TemplateResult => icon(sort.isDescending ? arrowDownIcon : arrowUpIcon);

function headerCell<Row>(column: Column<Row>, { sort, onSort }: DataTable<Row>): TemplateResult {
  const isSorted = column.key === sort.key;
  const ariaSort = isSorted ? (sort.isDescending ? 'descending' : 'ascending') : nothing;
  const handleSort = (): void => onSort({ key: column.key, isDescending: isSorted && !sort.isDescending });
  return html`
    <th class=${cellClass(column)} role="columnheader" scope="col" aria-sort=${ariaSort}>
      ${
        column.isSortable
          ? html`<button type="button" class=${isSorted ? 'sorted' : ''} @click=${handleSort}>
              ${column.label}${directionIcon(isSorted ? sort : { key: '', isDescending: false })}
            </button>`
          : column.label
      }
    </th>
  `;
}

function bodyRow<Row>(row: Row, { columns, open }: DataTable<Row>): TemplateResult {
  const [nameColumn, ...others] = columns;
  const handlePress = (event: Event): void => {
    const isOnControl = (event.target as Element).closest('a, button');
    const isSelecting = getSelection()?.isCollapsed === false;
    if (!isOnControl && !isSelecting) open?.(row);
  };
  const handleOpen = (): void => open?.(row);
  const name = nameColumn?.cell(row);
  return html`
    <tr part="row" role="row" @click=${handlePress}>
      <th class="name" role="rowheader" scope="row">
        ${
          open
            ? html`<button class="link" type="button" aria-haspopup="dialog" @click=${handleOpen}>${name}</button>`
            : name
        }
      </th>
      ${others.map(
        (column) => html`
          <td class=${cellClass(column)} role="cell" data-label=${column.label}>${column.cell(row)}</td>
        `,
      )}
    </tr>
  `;
}
