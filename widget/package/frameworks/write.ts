import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import type { ElementFacts } from '../elements.ts';
import type { TypesEntry } from '../package-json.ts';
import { htmlCustomData, webTypes, webTypesFile } from './editor-data.ts';
import { templateElements } from './template-elements.ts';

const folderName = 'types';
const templateTypes = ['vue', 'svelte', 'jsx'];

/** `zenskar-portal/vue` and so on. */
export const typesEntries: readonly TypesEntry[] = templateTypes.map((name) => ({
  name: `./${name}`,
  types: `./${folderName}/${name}.d.ts`,
}));

/** Writes what templates of frameworks and editors know of the elements into the package. */
export const writeFrameworkTypes = async (
  packageFolder: string,
  elements: readonly ElementFacts[],
  version: string,
): Promise<void> => {
  const folder = join(packageFolder, folderName);
  mkdirSync(folder, { recursive: true });
  const text = await format(templateElements(elements), { parser: 'typescript', singleQuote: true, printWidth: 120 });
  writeFileSync(join(folder, 'elements.d.ts'), text);
  for (const name of templateTypes) {
    copyFileSync(fileURLToPath(new URL(`${name}.d.ts`, import.meta.url)), join(folder, `${name}.d.ts`));
  }
  const writeJson = (name: string, content: object): void =>
    writeFileSync(join(packageFolder, name), `${JSON.stringify(content, null, 2)}\n`);
  writeJson(webTypesFile, webTypes(elements, version));
  writeJson('vscode.html-custom-data.json', htmlCustomData(elements));
};
