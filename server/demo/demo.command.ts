import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { addCommand, CommandError, withDatabase } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { closeAtEnd, endSignal } from '../command-line/end-signal.ts';
import { startOrExplain } from '../command-line/serve.command.ts';
import { findOrganisation, listOrganisations } from '../organisations/organisations.service.ts';
import {
  databaseUrlIn,
  demoFileIn,
  demoSigningSecrets,
  prepareDemoFolder,
  readDemoFile,
  removeDemoData,
  writeDemoFile,
} from './demo-files.ts';
import type { DemoFile } from './demo-files.ts';
import { startDemoSite } from './demo-site-process.ts';
import { demoOrganisationId, seedDemo } from './demo.service.ts';

interface DemoOptions {
  port?: number;
  demoPort?: number;
  data: string;
  database?: string;
  reset?: boolean;
  seedOnly?: boolean;
}

const defaultPort = 4000;
const defaultDemoPort = 4001;

const port = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new InvalidArgumentError('Expected a port number.');
  }
  return number;
};

const originOf = (number: number): string => `http://localhost:${number}`;

/** Ports not asked for are those of the last start. */
const addressesOf = (options: DemoOptions, last: DemoFile | undefined) => ({
  api: options.port === undefined && last !== undefined ? last.api_url : originOf(options.port ?? defaultPort),
  demo:
    options.demoPort === undefined && last !== undefined
      ? last.demo_url
      : originOf(options.demoPort ?? defaultDemoPort),
});

/**
 * A file of the demo's own, unless another database is asked for. Not DATABASE_URL's: the demo does not belong among the
 * customers of whoever has set that.
 */
const databaseOf = ({ database, data }: DemoOptions): string => database ?? databaseUrlIn(data);

const makeDemo = (terminal: Terminal, options: DemoOptions, api: string, demo: string): Promise<DemoFile> =>
  withDatabase(databaseOf(options), async (db) => {
    if ((await findOrganisation(db, { organisationId: demoOrganisationId })) !== undefined) {
      throw new CommandError(
        'demo_file_missing',
        `The database has the demo, but ${demoFileIn(options.data)} is gone: start once with --reset`,
      );
    }
    terminal.stderr.write('Making the demo organisation …\n');
    const seeded = await seedDemo(db, terminal.clock, demo);
    return {
      api_url: api,
      demo_url: demo,
      console_url: `${api}/console`,
      organisation_id: seeded.organisationId,
      api_key: seeded.apiKey,
      staff: seeded.staff,
      customers: seeded.customers,
    };
  });

/** A reset throws the whole database away: not while somebody else's data is in it. */
const refuseToLoseData = async (folder: string): Promise<void> => {
  const url = databaseUrlIn(folder);
  if (!existsSync(url.replace('sqlite:', ''))) {
    return;
  }
  const names = await withDatabase(url, async (db) =>
    (await listOrganisations(db)).filter(({ id }) => id !== demoOrganisationId).map(({ name }) => name),
  );
  if (names.length > 0) {
    throw new CommandError(
      'other_data',
      `The database in ${folder} also holds ${names.join(', ')}: nothing was thrown away. Make the demo elsewhere with --data FOLDER`,
    );
  }
};

/** Makes the demo, or takes what is there. */
const prepareDemo = async (terminal: Terminal, options: DemoOptions): Promise<DemoFile> => {
  const { data: folder } = options;
  await prepareDemoFolder(folder);
  if (options.reset === true) {
    if (options.database !== undefined) {
      throw new CommandError('reset_elsewhere', 'Only a database in the folder can be reset: take a new one instead');
    }
    await refuseToLoseData(folder);
    await removeDemoData(folder);
  }
  const last = await readDemoFile(folder);
  const { api, demo } = addressesOf(options, last);
  if (last !== undefined && last.demo_url !== demo) {
    throw new CommandError(
      'demo_port_changed',
      `The demo was made for ${last.demo_url}: start it there, or make another with --data FOLDER or --reset`,
    );
  }
  const current = last ?? (await makeDemo(terminal, options, api, demo));
  const file = { ...current, api_url: api, console_url: `${api}/console` };
  await writeDemoFile(folder, file);
  return file;
};

const serveDemo = async (terminal: Terminal, options: DemoOptions, demo: DemoFile): Promise<void> => {
  const { data: folder } = options;
  const asked = endSignal();
  const server = await startOrExplain(
    {
      DATABASE_URL: databaseOf(options),
      PUBLIC_URL: demo.api_url,
      HOST: '127.0.0.1',
      PORT: new URL(demo.api_url).port,
      SIGNING_SECRETS: await demoSigningSecrets(folder),
      LOG_LEVEL: terminal.environment['LOG_LEVEL'] ?? 'warn',
      WEBHOOKS_ALLOW_LOOPBACK: '1',
    },
    terminal,
  );
  try {
    const site = await startDemoSite(demoFileIn(folder));
    closeAtEnd(asked, async () => {
      await site.close();
      await server.close();
    });
  } catch (error) {
    await server.close();
    throw error;
  }
};

const linesOf = (demo: DemoFile, folder: string): string =>
  [
    '',
    '  Northwind Cloud, a merchant with the portal in its website',
    `    ${demo.demo_url}`,
    '  The console of its staff',
    `    ${demo.console_url}`,
    `    ${demo.staff.email}  ${demo.staff.password}`,
    '  The portal and its API',
    `    ${demo.api_url}`,
    '',
    `  The API key and the customers are in ${demoFileIn(folder)}. Ctrl-C ends the demo.`,
  ].join('\n');

export const addDemoCommand = (program: Command, terminal: Terminal): void => {
  addCommand(program, terminal, 'demo', 'serve a made-up merchant, its website and the portal', async (command) => {
    const options = command.opts<DemoOptions>();
    const demo = await prepareDemo(terminal, options);
    if (options.seedOnly === true) {
      return { document: demo, text: `The demo is ready in ${options.data}.` };
    }
    await serveDemo(terminal, options, demo);
    return { document: demo, text: linesOf(demo, options.data) };
  })
    .option('--port <number>', `of the portal (default: ${defaultPort})`, port)
    .option('--demo-port <number>', `of the merchant's website (default: ${defaultDemoPort})`, port)
    .option('--data <folder>', 'where the database and demo.json are kept', 'data')
    .option('--database <url>', 'another place for the database: sqlite:<file> or postgres://…')
    .option('--reset', 'throw the database away and make a new demo')
    .option('--seed-only', 'make the demo and end');
};
