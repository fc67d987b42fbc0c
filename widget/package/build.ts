import { rmSync } from 'node:fs';
import { bundlePackage } from './bundle.ts';
import { writeDeclarations } from './declarations.ts';
import { packageFolder } from './entries.ts';

rmSync(packageFolder, { recursive: true, force: true });
await bundlePackage();
await writeDeclarations();
