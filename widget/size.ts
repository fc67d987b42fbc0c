import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

interface Size {
  raw: number;
  gzip: number;
}

const folder = fileURLToPath(new URL('../dist/widget', import.meta.url));
const entry = 'zenskar-portal.js';
const staticImport = /(?:^|[;}])(?:import|export)(?:[\w{][^;'"]*?from)?["'](\.{1,2}\/[^"']+)["']/g;
const lazyImport = /\(["'](\.\/[^"']+\.js)["']\)/g;

/** Bytes by gzip that a page may load before its customer sees the first tab. */
const mostAtFirst = 25_000;
/** Bytes by gzip that may come when the customer first goes there: `name` of a chunk without its hash. */
const limits: readonly { name: RegExp; most: number }[] = [
  { name: /^(?:payments|entitlements|profile)$/, most: 6_000 },
  { name: /^detail$/, most: 6_500 },
  { name: /^[a-z]{2}$/, most: 4_000 },
];
/** Loaded beside the portal, or instead of it. */
const scripts: readonly { file: string; most: number }[] = [
  { file: fileURLToPath(new URL('../dist/frame/zenskar-frame.js', import.meta.url)), most: 4_000 },
];
/**
 * What no section counts as its own: what every first tab loads as soon as its rows stand, and the outline, which comes
 * with whatever is first waited for.
 */
const shared = ['define-actions', 'skeleton'];

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

const importsOf = (file: string, pattern: RegExp): string[] =>
  [...read(file).matchAll(pattern)].map(([, path = '']) => join(dirname(file), path));

/** Files and all that they import at once. */
function closure(files: readonly string[]): string[] {
  const found = new Set(files);
  for (const file of found) for (const imported of importsOf(file, staticImport)) found.add(imported);
  return [...found];
}

const nameOf = (file: string): string => basename(file).replace(/-[\w-]{8}\.js$/, '');

const sizeOf = (content: string): Size => ({
  raw: Buffer.byteLength(content),
  gzip: gzipSync(content, { level: 9 }).byteLength,
});

const sum = (sizes: readonly Size[]): Size =>
  sizes.reduce((total, { raw, gzip }) => ({ raw: total.raw + raw, gzip: total.gzip + gzip }), { raw: 0, gzip: 0 });

const problems: string[] = [];

function report(name: string, size: Size, most?: number): void {
  const label = most === undefined ? name : `${name} (≤ ${most})`;
  process.stdout.write(`${label.padEnd(44)} ${String(size.raw).padStart(8)} ${String(size.gzip).padStart(8)}\n`);
  if (most !== undefined && size.gzip > most) problems.push(`${name} is ${size.gzip - most} bytes over its limit.`);
}

process.stdout.write(`${'bytes'.padEnd(44)} ${'raw'.padStart(8)} ${'gzip'.padStart(8)}\n`);

const first = closure([entry]);
for (const file of first) report(basename(file), sizeOf(read(file)));
report('first load of the first tab', sum(first.map((file) => sizeOf(read(file)))), mostAtFirst);

process.stdout.write('\nloaded when used, with what each brings along\n');
const rows = closure(importsOf(entry, lazyImport).filter((file) => shared.includes(nameOf(file))));
/** By lazy file: what is there already when it is asked for. */
const lazy = new Map<string, readonly string[]>();

function follow(files: readonly string[], there: readonly string[]): void {
  for (const file of files.flatMap((from) => importsOf(from, lazyImport)).filter((found) => !lazy.has(found))) {
    lazy.set(file, there);
    const brought = closure([file]);
    follow(brought, [...there, ...brought, ...rows]);
  }
}

follow(first, first);
for (const [file, there] of [...lazy].sort(([one], [other]) => one.localeCompare(other))) {
  const name = nameOf(file);
  const known = shared.includes(name) ? there : [...there, ...rows];
  const brought = closure([file]).filter((other) => !known.includes(other));
  report(name, sum(brought.map((other) => sizeOf(read(other)))), limits.find((limit) => limit.name.test(name))?.most);
}

for (const { file, most } of scripts.filter((script) => existsSync(script.file)))
  report(basename(file), sizeOf(readFileSync(file, 'utf8')), most);

for (const { name } of limits)
  if (![...lazy.keys()].some((file) => name.test(nameOf(file)))) problems.push(`No chunk is called ${String(name)}.`);

for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exitCode = 1;
