import { readFileSync, writeFileSync } from 'node:fs';
import { readElements } from './elements.ts';
import { root } from './entries.ts';
import { readManifest } from './manifest.ts';
import { referenceTables, withTables } from './reference.ts';

const guide = `${root}docs/embed.md`;

const tables = referenceTables(readElements(readManifest()));
writeFileSync(guide, await withTables(readFileSync(guide, 'utf8'), tables, guide));
