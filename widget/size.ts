import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Bytes by gzip that a page may load before its customer sees the first tab. */
const budget = 25_000;

const folder = fileURLToPath(new URL('../dist/widget', import.meta.url));
const entry = 'zenskar-portal.js';
const staticImport = /(?:^|[;}])(?:import|export)(?:[\w{][^;'"]*?from)?["'](\.\/[^"']+)["']/g;
const lazyImport = /\(["'](\.\/chunks\/[^"']+)["']\)/g;

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

const importsOf = (file: string, pattern: RegExp): string[] =>
  [...read(file).matchAll(pattern)].map(([, path = '']) => join(dirname(file), path));

/** A file and all that it imports at once. */
function closure(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const imported of importsOf(file, staticImport)) closure(imported, found);
  return found;
}

const sizeOf = (file: string): { raw: number; gzip: number } => {
  const content = read(file);
  return { raw: Buffer.byteLength(content), gzip: gzipSync(content, { level: 9 }).byteLength };
};

const line = (name: string, { raw, gzip }: { raw: number; gzip: number }): string =>
  `${name.padEnd(40)} ${String(raw).padStart(8)} ${String(gzip).padStart(8)}\n`;

const first = [...closure(entry)];
const later = [...new Set([...first].flatMap((file) => importsOf(file, lazyImport)))].sort();
const total = first.map(sizeOf).reduce((sum, { raw, gzip }) => ({ raw: sum.raw + raw, gzip: sum.gzip + gzip }));

process.stdout.write(`${'bytes'.padEnd(40)} ${'raw'.padStart(8)} ${'gzip'.padStart(8)}\n`);
for (const file of first) process.stdout.write(line(basename(file), sizeOf(file)));
process.stdout.write(line(`first load of the first tab (≤ ${budget})`, total));
process.stdout.write('\nloaded when used\n');
for (const file of later) process.stdout.write(line(basename(file), sizeOf(file)));

if (total.gzip > budget) {
  process.stderr.write(`The first load is ${total.gzip - budget} bytes over its budget.\n`);
  process.exitCode = 1;
}
