import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fileOf, shots } from './matrix.ts';
import { isSmallPng, smallPng } from './small-png.ts';

const folder = fileURLToPath(new URL('screenshots/', import.meta.url));
const wanted = new Set(shots.map(fileOf));
let bytes = 0;

for (const file of globSync('**/*.png', { cwd: folder })) {
  const path = `${folder}${file}`;
  if (!wanted.has(file)) {
    rmSync(path);
    continue;
  }
  const png = readFileSync(path);
  const small = isSmallPng(png) ? png : smallPng(png);
  if (small !== png) writeFileSync(path, small);
  bytes += small.length;
}
process.stdout.write(`${wanted.size} screenshots, ${(bytes / 1e6).toFixed(1)} MB\n`);
