import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { ApiKeyScope } from '#contract/api-keys.ts';
import { addCommand, CommandError, databaseUrlOf, withDatabase } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { transact } from '../database/transaction.ts';
import { inOrganisationOf, withOrganisationOption } from '../organisations/organisation-option.ts';
import { createApiKey, listApiKeys, presentApiKey, revokeApiKey } from './api-keys.service.ts';
import type { ApiKeyTable } from './api-keys.table.ts';

const scopeOption = (text: string, earlier: ApiKeyScope[] | undefined): ApiKeyScope[] => {
  const { success, data } = ApiKeyScope.safeParse(text);
  if (!success) {
    throw new InvalidArgumentError(`Known are ${ApiKeyScope.options.join(', ')}.`);
  }
  return [...(earlier ?? []), data];
};

const lineOf = (key: ApiKeyTable): string => {
  const use = key.last_used_at === null ? 'never used' : `last used ${key.last_used_at}`;
  const state = key.revoked_at === null ? use : `revoked ${key.revoked_at}`;
  return `${key.id}  ${key.prefix}…${key.last_four}  ${key.name}  ${key.scopes}  ${state}`;
};

export const addApiKeyCommands = (program: Command, terminal: Terminal): void => {
  const key = program.command('key').description("API keys of an organisation's backend");

  withOrganisationOption(
    addCommand(key, terminal, 'create', 'make a key; it is shown once', (command) =>
      withDatabase(databaseUrlOf(terminal), (db) =>
        inOrganisationOf(db, command, async (scope) => {
          const { name, scope: scopes = ApiKeyScope.options } = command.opts<{ name: string; scope?: ApiKeyScope[] }>();
          const made = await transact(db, (trx) => createApiKey(trx, terminal.clock, scope, { name, scopes }));
          return {
            document: { id: made.id, name, scopes: made.scopes, key: made.key },
            text: `${made.key}\nThis is the only time that the key is shown. Its id is ${made.id}.`,
          };
        }),
      ),
    ),
  )
    .requiredOption('--name <name>', 'what the key is for')
    .option('--scope <scope>', 'sessions, read or write, repeatable (default: all)', scopeOption);

  withOrganisationOption(
    addCommand(key, terminal, 'list', 'show the keys, but not their secrets', (command) =>
      withDatabase(databaseUrlOf(terminal), (db) =>
        inOrganisationOf(db, command, async (scope) => {
          const keys = await listApiKeys(db, scope);
          return {
            document: { results: keys.map(presentApiKey) },
            text: keys.length === 0 ? 'There are no keys.' : keys.map(lineOf).join('\n'),
          };
        }),
      ),
    ),
  );

  withOrganisationOption(
    addCommand(key, terminal, 'revoke <id>', 'end a key and every session that it made', (command) =>
      withDatabase(databaseUrlOf(terminal), (db) =>
        inOrganisationOf(db, command, async (scope) => {
          const [id = ''] = command.args;
          if (!(await transact(db, (trx) => revokeApiKey(trx, terminal.clock, scope, id)))) {
            throw new CommandError('api_key_not_found', `There is no live key ${id}`);
          }
          return { document: { id, revoked: true }, text: `Revoked ${id}.` };
        }),
      ),
    ),
  );
};
