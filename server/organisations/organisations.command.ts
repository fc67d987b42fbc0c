import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { addCommand, collect, databaseUrlOf, withDatabase } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { transact } from '../database/transaction.ts';
import { createOrganisation, listAllowedOrigins, listOrganisations } from './organisations.service.ts';
import { hasPlainHost, parseOrigin } from './origin.ts';

interface CreateOptions {
  name: string;
  origin: string[];
  returnOrigin?: string[];
  email?: string;
  timeZone?: string;
  logoUrl?: string;
  accent?: string;
}

const origin = (text: string, earlier: string[] | undefined): string[] => {
  try {
    return collect(parseOrigin(text), earlier);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? `${error.message}.` : '');
  }
};

const timeZone = (text: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('Expected the name of a time zone, such as Europe/Berlin.');
  }
};

const accent = (text: string): string => {
  if (!/^#[0-9a-f]{6}$/i.test(text)) {
    throw new InvalidArgumentError('Expected a colour such as #0f766e.');
  }
  return text;
};

const logoUrl = (text: string): string => {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || !hasPlainHost(url)) {
    throw new InvalidArgumentError('Expected an http(s) address.');
  }
  return text;
};

export const addOrganisationCommands = (program: Command, terminal: Terminal): void => {
  const organisation = program.command('organisation').description('merchants that use this portal');
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
          branding: {
            ...(options.logoUrl === undefined ? {} : { logoUrl: options.logoUrl }),
            ...(options.accent === undefined ? {} : { accent: options.accent }),
          },
        }),
      );
      return {
        document: { id, name: options.name, allowed_origins: [...new Set(options.origin)] },
        text: `Made the organisation ${options.name}: ${id}`,
      };
    });
  })
    .requiredOption('--name <name>', 'as customers see it')
    .requiredOption('--origin <origin>', 'where the portal may be embedded; repeat for several', origin)
    .option('--return-origin <origin>', 'where return_url may lead; repeat for several (default: anywhere)', origin)
    .option('--email <address>', 'shown on invoices')
    .option('--time-zone <name>', 'billing time zone (default: UTC)', timeZone)
    .option('--logo-url <url>', 'shown in the header of the portal', logoUrl)
    .option('--accent <colour>', 'such as #0f766e', accent);

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
};
