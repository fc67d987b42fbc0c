import { conditional } from './rows/conditional.ts';
import { concurrency } from './rows/customers-at-once.ts';
import { exportRow } from './rows/export.ts';
import { growth } from './rows/growth.ts';
import { importRow } from './rows/import.ts';
import { invoicePdf } from './rows/invoice-pdf.ts';
import { listWork } from './rows/list-work.ts';
import { lists } from './rows/lists.ts';
import { memory } from './rows/memory.ts';
import { opening } from './rows/opening.ts';
import { postgresRows } from './rows/postgres.ts';
import { profileEdit } from './rows/profile-edit.ts';
import { rivals } from './rows/rivals.ts';
import { sessions } from './rows/sessions.ts';
import { twoProcesses } from './rows/two-processes.ts';
import { widgetSize } from './rows/widget-size.ts';
import type { Row } from './stage.ts';

/** Everything that is measured, in the order of the table. */
export const rows: readonly Row[] = [
  ...lists,
  conditional,
  growth,
  concurrency,
  memory,
  twoProcesses,
  sessions,
  profileEdit,
  ...postgresRows,
  ...rivals,
  widgetSize,
  opening,
  listWork,
  importRow,
  exportRow,
  invoicePdf,
];
