import type { Command } from 'commander';
import { addCommand, CommandError, databaseUrlOf, withDatabase } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { transact } from '../database/transaction.ts';
import { organisationOf, withOrganisationOption } from '../organisations/organisation-option.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.service.ts';
import type { ApiKeyTable } from './api-keys.table.ts';

const documentOf = (key: ApiKeyTable) => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  last_four: key.last_four,
  created_at: key.created_at,
  last_used_at: key.last_used_at,
  revoked_at: key.revoked_at,
});

const lineOf = (key: ApiKeyTable): string => {
  const use = key.last_used_at === null ? 'never used' : `last used ${key.last_used_at}`;
  const state = key.revoked_at === null ? use : `revoked ${key.revoked_at}`;
  return `${key.id}  ${key.prefix}…${key.last_four}  ${key.name}  ${state}`;
};

export const addApiKeyCommands = (program: Command, terminal: Terminal): void => {
  const key = program.command('key').description("API keys of an organisation's backend");

  withOrganisationOption(
    addCommand(key, terminal, 'create', 'make a key; it is shown once', (command) =>
      withDatabase(databaseUrlOf(terminal), async (db) => {
        const { scope } = await organisationOf(db, command);
        const { name } = command.opts<{ name: string }>();
        const made = await transact(db, (trx) => createApiKey(trx, terminal.clock, scope, { name }));
        return {
          document: { id: made.id, name, key: made.key },
          text: `${made.key}\nThis is the only time that the key is shown. Its id is ${made.id}.`,
        };
      }),
    ),
  ).requiredOption('--name <name>', 'what the key is for');

  withOrganisationOption(
    addCommand(key, terminal, 'list', 'show the keys, but not their secrets', (command) =>
      withDatabase(databaseUrlOf(terminal), async (db) => {
        const { scope } = await organisationOf(db, command);
        const keys = await listApiKeys(db, scope);
        return {
          document: { results: keys.map(documentOf) },
          text: keys.length === 0 ? 'There are no keys.' : keys.map(lineOf).join('\n'),
        };
      }),
    ),
  );

  withOrganisationOption(
    addCommand(key, terminal, 'revoke <id>', 'end a key and every session that it made', (command) =>
      withDatabase(databaseUrlOf(terminal), async (db) => {
        const { scope } = await organisationOf(db, command);
        const [id = ''] = command.args;
        if (!(await transact(db, (trx) => revokeApiKey(trx, terminal.clock, scope, id)))) {
          throw new CommandError('api_key_not_found', `There is no live key ${id}`);
        }
        return { document: { id, revoked: true }, text: `Revoked ${id}.` };
      }),
    ),
  );
};
