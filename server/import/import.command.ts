import { resolve } from 'node:path';
import type { Command } from 'commander';
import { addCommand, CommandError, databaseUrlOf, withDatabase } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { inOrganisationOf, withOrganisationOption } from '../organisations/organisation-option.ts';
import type { Change } from './import-batch.ts';
import { importInvoices } from './import.service.ts';
import type { ImportResult } from './import.service.ts';
import { readMapping } from './mapping.ts';

interface ImportOptions {
  mapping: string;
  report?: string;
}

const rowsALine = 10_000;

const progressTo = ({ stderr }: Terminal) => {
  let told = 0;
  return ({ rows, share }: { rows: number; share: number }): void => {
    const text = `${rows} rows, ${Math.floor(share * 100)} %`;
    if (stderr.isTTY === true) {
      stderr.write(`\r${text}${share === 1 ? '\n' : ''}`);
    } else if (rows - told >= rowsALine) {
      told = rows;
      stderr.write(`${text}\n`);
    }
  };
};

const changeText = (name: string, { created, updated, unchanged }: Change): string =>
  `${name}: ${created} created, ${updated} updated, ${unchanged} unchanged`;

const textOf = (result: ImportResult): string =>
  [
    `Read ${result.rows} rows.`,
    changeText('Customers', result.customers),
    changeText('Invoices', result.invoices),
    ...(result.repeated === 0 ? [] : [`Rows that repeat an earlier one: ${result.repeated}`]),
    result.report === null ? 'No row was rejected.' : `Rejected ${result.rejected} rows: see ${result.report}`,
  ].join('\n');

/** Neither the file nor the mapping may be overwritten by the report. */
const reportPathOf = (file: string, { mapping, report = `${file}.rejected.csv` }: ImportOptions): string => {
  if ([file, mapping].some((path) => resolve(path) === resolve(report))) {
    throw new CommandError('report_invalid', `The report ${report} would overwrite what is imported`);
  }
  return report;
};

export const addImportCommand = (program: Command, terminal: Terminal): void => {
  withOrganisationOption(
    addCommand(program, terminal, 'import <file>', 'import invoices from a CSV file', async (command) => {
      const [file = ''] = command.args;
      const options = command.opts<ImportOptions>();
      const mapping = await readMapping(options.mapping);
      const report = reportPathOf(file, options);
      return withDatabase(databaseUrlOf(terminal), (db) =>
        inOrganisationOf(db, command, async (scope, organisation) => {
          const result = await importInvoices(db, terminal.clock, {
            file,
            mapping,
            report,
            scope,
            timeZone: organisation.time_zone,
            onProgress: progressTo(terminal),
          });
          return { document: result, text: textOf(result) };
        }),
      );
    }),
  )
    .requiredOption('--mapping <file>', 'which column becomes which field; see docs/examples')
    .option('--report <file>', 'where rejected rows go (default: the file with .rejected.csv)')
    .addHelpText('after', '\nRejected rows do not fail the command: it ends with 0 and tells how many there are.');
};
