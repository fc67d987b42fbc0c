import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePackage } from './bundle.ts';
import { writeDeclarations } from './declarations.ts';
import { readElements } from './elements.ts';
import { packageFolder, root } from './entries.ts';
import { typesEntries, writeFrameworkTypes } from './frameworks/write.ts';
import { readManifest } from './manifest.ts';
import { packageJson } from './package-json.ts';

const write = (name: string, content: object): void =>
  writeFileSync(join(packageFolder, name), `${JSON.stringify(content, null, 2)}\n`);

rmSync(packageFolder, { recursive: true, force: true });
mkdirSync(packageFolder, { recursive: true });
await bundlePackage();
await writeDeclarations();
const manifest = readManifest();
const fields = packageJson(typesEntries);
write('package.json', fields);
write('custom-elements.json', manifest);
await writeFrameworkTypes(packageFolder, readElements(manifest), fields.version);
copyFileSync(join(root, 'LICENSE'), join(packageFolder, 'LICENSE'));
copyFileSync(join(root, 'widget/package/README.md'), join(packageFolder, 'README.md'));

const packed = execFileSync('npm', ['pack', packageFolder, '--pack-destination', join(root, 'dist'), '--silent'], {
  encoding: 'utf8',
});
process.stdout.write(`dist/${packed.trim()}\n`);
