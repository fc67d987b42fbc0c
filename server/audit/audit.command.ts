import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { addCommand, CommandError, databaseUrlOf, withDatabase } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { organisationOf } from '../organisations/organisation-option.ts';
import { listOrganisations } from '../organisations/organisations.service.ts';
import type { Link } from './chain.ts';
import { parseHead, textOf, verifyChain } from './verify.ts';
import type { Verified } from './verify.ts';

const headOption = (text: string): Link => {
  const head = parseHead(text);
  if (head === undefined) {
    throw new InvalidArgumentError('Expected SEQUENCE:HASH, as an earlier run printed it.');
  }
  return head;
};

interface Result extends Verified {
  organisationId: string;
  name: string;
}

const documentOf = ({ organisationId, name, entries, head, breaks }: Result) => ({
  organisation_id: organisationId,
  name,
  entries,
  head: head === undefined ? null : textOf(head),
  breaks,
});

const lineOf = ({ organisationId, name, entries, head }: Result): string =>
  `${organisationId}  ${name}  ${entries} ${entries === 1 ? 'entry' : 'entries'}${head === undefined ? '' : `  ${textOf(head)}`}`;

const complaintOf = ({ organisationId, breaks }: Result): string => {
  const [first, ...more] = breaks;
  return `${organisationId}: ${first?.message ?? ''}${more.length === 0 ? '' : `, and ${more.length} more`}`;
};

export const addAuditCommands = (program: Command, terminal: Terminal): void => {
  const auditing = program.command('audit').description('what was done, by whom: nothing of it can be changed');

  addCommand(auditing, terminal, 'verify', 'prove that no entry was changed, taken out or cut off', (command) =>
    withDatabase(databaseUrlOf(terminal), async (db) => {
      const { organisation: only, head: kept } = command.opts<{ organisation?: string; head?: Link }>();
      if (kept !== undefined && only === undefined) {
        command.error('error: --head is the head of one organisation: name it with --organisation');
      }
      const organisations =
        only === undefined ? await listOrganisations(db) : [(await organisationOf(db, command)).organisation];
      const results: Result[] = [];
      for (const { id, name } of organisations) {
        results.push({ organisationId: id, name, ...(await verifyChain(db, { organisationId: id }, kept)) });
      }
      const document = { results: results.map(documentOf) };
      const broken = results.filter(({ breaks }) => breaks.length > 0);
      if (broken.length > 0) {
        throw new CommandError('audit_broken', `The audit is broken. ${broken.map(complaintOf).join('; ')}`, document);
      }
      return {
        document,
        text: results.length === 0 ? 'There is no organisation yet.' : results.map(lineOf).join('\n'),
      };
    }),
  )
    .option('--organisation <id>', 'only this organisation (default: all)')
    .option('--head <sequence:hash>', 'a head that you kept: the chain must still go through it', headOption);
};
