import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { addFigure } from '../../../server/testing/figures.ts';
import { readAllRows } from '../../../server/testing/postgres.ts';
import { portalOn } from '../command-line.ts';
import { databaseUrl, demo } from '../demo.ts';
import { databaseUrlFile, placeOf, places, runFolder } from '../places.ts';
import type { Place } from '../places.ts';
import { forms } from './forms.ts';
import type { Secret } from './forms.ts';
import { readIssued } from './issued.ts';
import { SecretSearch } from './search.ts';

/** What the demo is told to hand out: its key and password, its signing secret, and the run's own list. */
const holders = new Set(['demo.json', 'signing-secret', 'issued-secrets.ndjson', databaseUrlFile]);

/** What every search must find, or it would find nothing else either. */
const planted: Secret = { kind: 'planted', text: 'Pl4nt3d-by-the-run_itself-to-be-found-0000000' };

const plantedFile = 'planted.log';

interface Content {
  name: string;
  bytes: Buffer;
}

const linesOf = (rows: unknown[][]): string =>
  rows
    .map((row) => row.map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))).join('\t'))
    .join('\n');

/** A backup of the database as it stands, for each of its rows: a long one lies on several pages of the file. */
const backUp = async (url: string, folder: string): Promise<unknown[][]> => {
  const file = join(folder, 'backup.sqlite');
  await portalOn(url, 'backup', file, '--force');
  const backup = new BetterSqlite(file, { readonly: true });
  const tables = backup.prepare("select name from sqlite_schema where type = 'table'").pluck().all() as string[];
  const rows = tables.flatMap((table) => backup.prepare(`select * from "${table}"`).raw().all() as unknown[][]);
  backup.close();
  return rows;
};

const readRows = async (folder: string): Promise<string> => {
  const url = databaseUrl(folder);
  return linesOf(url.startsWith('sqlite:') ? await backUp(url, folder) : await readAllRows(url));
};

const readFiles = (folder: string): Content[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !holders.has(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: path.slice(runFolder.length), bytes: readFileSync(path) }));

const contentsOf = async ({ dataFolder }: Place): Promise<Content[]> => [
  { name: `rows of ${dataFolder.slice(runFolder.length)}`, bytes: Buffer.from(await readRows(dataFolder)) },
  ...readFiles(dataFolder),
];

/** The API key, the password and the signing secret of a demo, and all that passed between it and its browser. */
const secretsOf = ({ dataFolder }: Place): { password: Secret; all: Secret[] } => {
  const { api_key: apiKey, staff } = demo(dataFolder);
  const signing = readFileSync(join(dataFolder, 'signing-secret'), 'utf8').trim().replace(/^\w+:/, '');
  const password: Secret = { kind: 'password of the demo', text: staff.password };
  const noted = readIssued(dataFolder).filter(({ text }) => text !== staff.password);
  const told = [
    { kind: 'API key of the demo', text: apiKey.slice('zsk_'.length) },
    { kind: 'signing secret', text: signing },
    password,
  ];
  return { password, all: [...noted, ...told] };
};

/** Secrets that nobody noted, known by their form alone. */
const unnotedIn = (bytes: Buffer): string[] =>
  forms.filter(({ pattern }) => bytes.toString('latin1').search(pattern) !== -1).map(({ kind }) => kind);

const describeFinding = (name: string, { kind, text }: Secret, spelling: string): string =>
  `${name}: ${kind} ${text.slice(0, 4)}… ${spelling}`;

/**
 * After the whole run: every file that the servers wrote, and a backup, searched for every secret that was issued.
 * @throws when one is found, which fails the run
 */
const searchForSecrets = async (): Promise<void> => {
  const secrets = places.map(secretsOf);
  const issued = [...new Map(secrets.flatMap(({ all }) => all).map((secret) => [secret.text, secret])).values()];
  const search = new SecretSearch([...issued, planted]);
  writeFileSync(join(placeOf(0).dataFolder, plantedFile), planted.text, 'utf16le');
  const contents = (await Promise.all(places.map(contentsOf))).flat();
  const findings = contents.flatMap(({ name, bytes }) => [
    ...search.find(bytes).map(({ secret, spelling }) => ({ name, secret, spelling })),
    ...unnotedIn(bytes).map((kind) => ({ name, secret: { kind, text: '' }, spelling: 'by its form' })),
  ]);
  const isPlanted = ({ name, secret }: (typeof findings)[number]): boolean =>
    name.endsWith(plantedFile) && secret === planted;
  // The demo tells whoever starts it how to log in.
  const isTold = ({ name, secret }: (typeof findings)[number]): boolean =>
    name.endsWith('server.out') && secrets.some(({ password }) => password === secret);
  const found = findings.filter((finding) => !isPlanted(finding) && !isTold(finding));
  addFigure('secrets issued', issued.length);
  addFigure(
    'bytes on disk searched for them',
    contents.reduce((sum, { bytes }) => sum + bytes.length, 0),
  );
  addFigure('secrets found', found.length);
  process.stdout.write(
    `${issued.length} secrets issued; in ${contents.map(({ name }) => name).join(', ')}: ${found.length} found\n`,
  );
  if (!findings.some(isPlanted)) {
    throw new Error('The search for secrets does not even find what was planted for it');
  }
  if (found.length > 0) {
    const lines = found.map(({ name, secret, spelling }) => describeFinding(name, secret, spelling));
    throw new Error(`Secrets on disk:\n${lines.join('\n')}`);
  }
};

export default searchForSecrets;
