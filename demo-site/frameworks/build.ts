import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const path = (address: string): string => fileURLToPath(new URL(address, import.meta.url));

// As `npm install zenskar-portal` would leave it, but for the package that was just built.
mkdirSync(path('node_modules'), { recursive: true });
rmSync(path('node_modules/zenskar-portal'), { force: true });
symlinkSync('../../../dist/package', path('node_modules/zenskar-portal'), 'dir');

// Only in development do the frameworks say what is wrong, and does React's StrictMode mount everything twice.
process.env['NODE_ENV'] = 'development';
const configFile = path('vite.config.ts');
await build({ configFile });
await build({ configFile, build: { ssr: true } });
