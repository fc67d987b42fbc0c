#!/usr/bin/env node
import { fileURLToPath } from 'node:url';

// Plain JavaScript, so that an older Node gets as far as being told that it is too old.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`zenskar-portal needs Node 22.18 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  // What is translated once need not be again, nor its translator be loaded: 15 MB. Where nothing can be written, it is.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/zenskar-portal', import.meta.url)));
  await import('./cli.ts');
}
