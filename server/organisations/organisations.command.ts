import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { brandingOf, withBrandingOptions } from '../branding/branding-options.ts';
import type { BrandingOptions } from '../branding/branding-options.ts';
import { addCommand, databaseUrlOf, withDatabase } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { transact } from '../database/transaction.ts';
import { parseOriginOption } from './organisation-option.ts';
import { createOrganisation, listAllowedOrigins, listOrganisations } from './organisations.service.ts';

interface CreateOptions extends BrandingOptions {
  name: string;
  origin: string[];
  returnOrigin?: string[];
  email?: string;
  timeZone?: string;
}

const timeZone = (text: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('Expected the name of a time zone, such as Europe/Berlin.');
  }
};

/** Answers the command that these belong to. */
export const addOrganisationCommands = (program: Command, terminal: Terminal): Command => {
  const organisation = program.command('organisation').description('merchants that use this portal');
  withBrandingOptions(
    addCommand(organisation, terminal, 'create', 'make an organisation', (command) => {
      const options = command.opts<CreateOptions>();
      return withDatabase(databaseUrlOf(terminal), async (db) => {
        const id = await transact(db, (trx) =>
          createOrganisation(trx, terminal.clock, {
            name: options.name,
            allowedOrigins: [...new Set(options.origin)],
            returnOrigins: [...new Set(options.returnOrigin ?? [])],
            ...(options.email === undefined ? {} : { email: options.email }),
            ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
            branding: brandingOf(options),
          }),
        );
        return {
          document: { id, name: options.name, allowed_origins: [...new Set(options.origin)] },
          text: `Made the organisation ${options.name}: ${id}`,
        };
      });
    })
      .requiredOption('--name <name>', 'as customers see it')
      .requiredOption('--origin <origin>', 'where the portal may be embedded; repeat for several', parseOriginOption)
      .option(
        '--return-origin <origin>',
        'where return_url may lead; repeat for several (default: anywhere)',
        parseOriginOption,
      )
      .option('--email <address>', 'shown on invoices')
      .option('--time-zone <name>', 'billing time zone (default: UTC)', timeZone),
  );

  addCommand(organisation, terminal, 'list', 'show the organisations with their ids and origins', () =>
    withDatabase(databaseUrlOf(terminal), async (db) => {
      const results = [];
      for (const { id, name } of await listOrganisations(db)) {
        results.push({ id, name, allowed_origins: await listAllowedOrigins(db, { organisationId: id }) });
      }
      return {
        document: { results },
        text:
          results.length === 0
            ? 'There is no organisation yet.'
            : results.map(({ id, name, allowed_origins: origins }) => [id, name, ...origins].join('  ')).join('\n'),
      };
    }),
  );
  return organisation;
};
