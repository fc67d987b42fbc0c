import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePackage } from './bundle.ts';
import { writeDeclarations } from './declarations.ts';
import { packageFolder, root } from './entries.ts';
import { readManifest } from './manifest.ts';
import { packageJson } from './package-json.ts';

const write = (name: string, content: object): void =>
  writeFileSync(join(packageFolder, name), `${JSON.stringify(content, null, 2)}\n`);

rmSync(packageFolder, { recursive: true, force: true });
mkdirSync(packageFolder, { recursive: true });
await bundlePackage();
await writeDeclarations();
write('custom-elements.json', readManifest());
write('package.json', packageJson([]));
copyFileSync(join(root, 'LICENSE'), join(packageFolder, 'LICENSE'));
copyFileSync(join(root, 'widget/package/README.md'), join(packageFolder, 'README.md'));

const packed = execFileSync('npm', ['pack', packageFolder, '--pack-destination', join(root, 'dist'), '--silent'], {
  encoding: 'utf8',
});
process.stdout.write(`dist/${packed.trim()}\n`);
