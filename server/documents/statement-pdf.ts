import type { Readable } from 'node:stream';
import type { Ageing, Statement, StatementSection } from '../statements/statement.ts';
import { ageWords } from '../statements/statement-words.ts';
import { muted } from './colours.ts';
import { drawFacts, drawHead, drawParties, footerOf, textCell } from './letterhead.ts';
import type { Issuer, Recipient } from './letterhead.ts';
import { renderSheet, rowsAtOnce } from './sheet.ts';
import type { Sheet, Style } from './sheet.ts';
import { body, headline, small, strong } from './styles.ts';
import { drawTotals, Table } from './table.ts';
import type { Column } from './table.ts';
import { bareDay, money, moneyWithCode } from './words.ts';

/** All that a statement of account says. */
export interface StatementDocument {
  issuer: Issuer;
  recipient: Recipient;
  statement: Statement;
  /** When the file is made, milliseconds since 1970. */
  createdAt: number;
}

const ageingHeight = 170;

const columns: readonly Column[] = [
  { title: 'Entry', align: 'left' },
  { title: 'Date', align: 'left' },
  { title: 'Charges', align: 'right' },
  { title: 'Credits', align: 'right' },
  { title: 'Balance', align: 'right' },
];

const cell = (text: string, style: Style = body) => [{ text, style }];

const rowsOf = (section: StatementSection, { from, to }: Statement) => {
  const { currency, movements } = section;
  const unlessZero = (amount: number) => (amount === 0 ? [] : cell(money(amount, currency)));
  return [
    [
      cell('Opening balance', strong),
      cell(bareDay(from)),
      [],
      [],
      cell(money(section.openingBalance, currency), strong),
    ],
    ...movements.map(({ date, kind, number, description, dueDate, charge, credit, balance }) => [
      [
        ...cell(kind === 'invoice' ? `${description} ${number}` : description),
        ...(kind === 'invoice' || number === null ? [] : cell(number, small)),
        ...(dueDate === null ? [] : cell(`Due ${bareDay(dueDate)}`, small)),
      ],
      cell(bareDay(date)),
      unlessZero(charge),
      unlessZero(credit),
      cell(money(balance, currency)),
    ]),
    [
      cell('Closing balance', strong),
      cell(bareDay(to)),
      cell(money(section.totalCharges, currency), strong),
      cell(money(section.totalCredits, currency), strong),
      cell(money(section.closingBalance, currency), strong),
    ],
  ];
};

const drawAgeing = (sheet: Sheet, { ageing, currency, closingBalance }: StatementSection): void => {
  const ages = Object.keys(ageWords) as (keyof Ageing)[];
  const shown = ages.filter((age) => age !== 'unallocated' || ageing.unallocated !== 0);
  sheet.ensure(ageingHeight);
  sheet.row([textCell(sheet, 'By age', { ...strong, colour: muted }, 'H3')]);
  sheet.y += 4;
  drawTotals(sheet, [
    ...shown.map((age) => ({
      label: ageWords[age],
      amount: money(age === 'unallocated' ? -ageing[age] : ageing[age], currency),
    })),
    { label: 'Closing balance', amount: moneyWithCode(closingBalance, currency), isSum: true },
  ]);
};

const drawSection = async (sheet: Sheet, section: StatementSection, statement: Statement): Promise<void> => {
  sheet.y += 24;
  sheet.ensure(150);
  const { closingBalance, currency } = section;
  const balance = moneyWithCode(Math.abs(closingBalance), currency);
  const heading = `${balance} ${closingBalance < 0 ? 'in credit' : 'owed'} on ${bareDay(statement.to)}`;
  sheet.row([textCell(sheet, heading, headline, 'H2')]);
  sheet.y += 14;
  const rows = rowsOf(section, statement);
  const table = new Table(sheet, columns, rows, 'compact');
  for (const [index, row] of rows.entries()) {
    table.row(row);
    if (index % rowsAtOnce === rowsAtOnce - 1) {
      await sheet.pause();
    }
  }
  sheet.y += 12;
  drawAgeing(sheet, section);
};

const draw = async (sheet: Sheet, { issuer, recipient, statement }: StatementDocument): Promise<void> => {
  drawHead(sheet, issuer, 'Statement of account', undefined);
  drawFacts(sheet, [
    ['Period', `${bareDay(statement.from)} – ${bareDay(statement.to)}`],
    ['Date of issue', bareDay(statement.issuedOn)],
  ]);
  sheet.y += 22;
  drawParties(sheet, issuer, recipient, 'Prepared for');
  for (const section of statement.sections) {
    await drawSection(sheet, section, statement);
  }
  if (statement.sections.length === 0) {
    sheet.y += 24;
    sheet.row([textCell(sheet, 'Nothing was owed, and nothing was paid, on these days.', body)]);
  }
};

/** Draws a statement of account, each currency on its own. */
export const renderStatementPdf = (document: StatementDocument): Readable => {
  const { issuer, statement, createdAt } = document;
  const title = `Statement of account, ${bareDay(statement.from)} to ${bareDay(statement.to)}`;
  return renderSheet(
    { title, author: issuer.name, createdAt: new Date(createdAt), footer: footerOf(issuer, 'Statement of account') },
    (sheet) => draw(sheet, document),
  );
};
