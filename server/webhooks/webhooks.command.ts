import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { WebhookEndpointInput, WebhookEventType } from '#contract/webhooks.ts';
import type { WebhookEndpoint, WebhookEndpointPatch } from '#contract/webhooks.ts';
import { Moment } from '#contract/primitives.ts';
import { commandLine } from '../audit/audit.service.ts';
import { addCommand, collect, CommandError, databaseUrlOf, withDatabase } from '../command-line/command-line.ts';
import type { Answer, Terminal } from '../command-line/command-line.ts';
import { readWebhookSettings } from '../config.ts';
import { transact } from '../database/transaction.ts';
import type { Db, Trx } from '../database/transaction.ts';
import { HttpError } from '../http/errors.ts';
import { inOrganisationOf, withOrganisationOption } from '../organisations/organisation-option.ts';
import type { OrganisationScope } from '../scope.ts';
import { replay, sendTest } from './deliveries.service.ts';
import { createEndpoint, deleteEndpoint, listAllEndpoints, rotateSecret, updateEndpoint } from './endpoints.service.ts';
import type { ChangedBy } from './endpoints.service.ts';

const changedBy: ChangedBy = { actor: commandLine };

const eventType = (text: string, earlier: string[] | undefined): string[] => {
  if (!WebhookEventType.safeParse(text).success) {
    throw new InvalidArgumentError(`Expected one of ${WebhookEventType.options.join(', ')}.`);
  }
  return collect(text, earlier);
};

const moment = (text: string): string => {
  const parsed = Moment.safeParse(text);
  if (!parsed.success) {
    throw new InvalidArgumentError('Expected a day (2026-11-23) or an ISO 8601 time.');
  }
  return parsed.data;
};

const lineOf = (endpoint: WebhookEndpoint): string => {
  const reason = endpoint.disabled_reason === null ? '' : ` (${endpoint.disabled_reason})`;
  const types = endpoint.event_types?.join(', ') ?? 'all events';
  return `${endpoint.id}  ${endpoint.status}${reason}  ${endpoint.url}  ${types}`;
};

const secretText = (id: string, secret: string): string =>
  `${secret}\nThis is the only time that the secret is shown. The endpoint's id is ${id}.`;

const explained = async (work: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof HttpError ? new CommandError(error.code, error.message) : error;
  }
};

export const addWebhookCommands = (program: Command, terminal: Terminal): void => {
  const { clock, environment } = terminal;
  const webhook = program.command('webhook').description('endpoints of a merchant that are told what happens');

  const add = (
    usage: string,
    description: string,
    run: (db: Db, scope: OrganisationScope, command: Command) => Promise<Answer>,
  ): Command =>
    withOrganisationOption(
      addCommand(webhook, terminal, usage, description, (command) =>
        withDatabase(databaseUrlOf(terminal), (db) =>
          inOrganisationOf(db, command, async (scope) => {
            return explained(() => run(db, scope, command));
          }),
        ),
      ),
    );

  const addChange = (
    usage: string,
    description: string,
    change: (trx: Trx, scope: OrganisationScope, id: string, command: Command) => Promise<Answer>,
  ): Command =>
    add(usage, description, (db, scope, command) =>
      transact(db, (trx) => change(trx, scope, command.args[0] ?? '', command)),
    );

  const addSwitch = (name: 'enable' | 'disable', description: string, patch: WebhookEndpointPatch): void => {
    addChange(`${name} <id>`, description, async (trx, scope, id) => {
      const settings = { clock, config: { allowsLoopbackWebhooks: false } };
      const document = await updateEndpoint(trx, settings, scope, changedBy, { id, patch });
      return { document, text: lineOf(document) };
    });
  };

  add('create', 'make an endpoint; its secret is shown once', async (db, scope, command) => {
    const { url, description, event: event_types } = command.opts<Record<string, unknown>>();
    const parsed = WebhookEndpointInput.safeParse({ url, description, event_types });
    if (!parsed.success) {
      throw new CommandError('request_invalid', parsed.error.issues.map(({ message }) => message).join('; '));
    }
    const settings = { clock, config: readWebhookSettings(environment) };
    const document = await transact(db, (trx) => createEndpoint(trx, settings, scope, changedBy, parsed.data));
    return { document, text: secretText(document.id, document.secret) };
  })
    .requiredOption('--url <url>', 'where events are posted to')
    .option('--description <text>', 'what it is for')
    .option('--event <type>', 'an event that it wants, repeatable (default: all)', eventType);

  add('list', 'show the endpoints, but not their secrets', async (db, scope) => {
    const results = await listAllEndpoints(db, scope);
    return {
      document: { results },
      text: results.length === 0 ? 'There are no webhook endpoints.' : results.map(lineOf).join('\n'),
    };
  });

  addChange('delete <id>', 'remove an endpoint and its deliveries', async (trx, scope, id) => {
    await deleteEndpoint(trx, clock, scope, changedBy, id);
    return { document: { id, deleted: true }, text: `Deleted ${id}.` };
  });

  addSwitch('enable', 'send to an endpoint again', { status: 'enabled' });
  addSwitch('disable', 'send nothing to an endpoint', { status: 'disabled' });

  addChange(
    'rotate-secret <id>',
    'give an endpoint a new secret; the old one signs for a day',
    async (trx, scope, id) => {
      const settings = { clock, config: readWebhookSettings(environment) };
      const document = await rotateSecret(trx, settings, scope, changedBy, id);
      return { document, text: secretText(id, document.secret) };
    },
  );

  addChange('test <id>', 'queue a test event for an endpoint', async (trx, scope, id) => {
    const document = await sendTest(trx, clock, scope, changedBy, id);
    return { document, text: `Queued ${document.event_id}; a running server sends it.` };
  });

  addChange('replay <id>', 'queue past events for an endpoint again', async (trx, scope, id, command) => {
    const { since, until, event: event_types } = command.opts<{ since: string; until?: string; event?: string[] }>();
    const document = await replay(trx, clock, scope, changedBy, {
      endpointId: id,
      request: { since, until, event_types: event_types as WebhookEventType[] | undefined },
    });
    const more = document.next_since === null ? '' : ` There are more: go on with --since ${document.next_since}.`;
    return { document, text: `Queued ${document.queued}; a running server sends them.${more}` };
  })
    .requiredOption('--since <time>', 'the first moment whose events are sent again', moment)
    .option('--until <time>', 'the first moment after them (default: now)', moment)
    .option('--event <type>', "only these events, repeatable (default: the endpoint's own)", eventType);
};
