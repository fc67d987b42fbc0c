import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import ts from 'typescript';
import { ContractTypes, operationsFile, operationsSource } from './contract-types.ts';
import { entries, packageFolder, placeOf, root } from './entries.ts';
import { PublicDeclarations } from './public-declarations.ts';

const contractFolder = `${root}server/contract/`;
const virtualFile = `${root}${operationsFile}`;

const createProgram = (): ts.Program => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const settings: ts.CompilerOptions = {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    // `npm run types` does that.
    noCheck: true,
    rootDir: root,
    outDir: '/',
  };
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === virtualFile || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    file === virtualFile
      ? ts.createSourceFile(file, operationsSource, ts.ScriptTarget.ESNext)
      : getSourceFile(file, ...rest);
  return ts.createProgram([...Object.values(entries).map((entry) => `${root}${entry}`), virtualFile], settings, host);
};

/** By path from the root. */
const emit = (program: ts.Program): Map<string, string> => {
  const files = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (file, text) => files.set(file.replace(/^\//, ''), text));
  if (diagnostics.length > 0) {
    throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})));
  }
  return files;
};

/** Writes the package's types beside its modules. */
export const writeDeclarations = async (): Promise<void> => {
  const program = createProgram();
  const contract = new ContractTypes(program, contractFolder);
  const declarations = new PublicDeclarations(emit(program), contract);
  for (const entry of Object.values(entries)) {
    declarations.take(entry);
  }
  const write = async (place: string, text: string): Promise<void> => {
    const file = join(packageFolder, `${place}.d.ts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await format(text, { parser: 'typescript', singleQuote: true, printWidth: 120 }));
  };
  for (const [path, text] of declarations.texts()) {
    await write(placeOf(path), text);
  }
  // It exports nothing, but whoever imports it wants to know of the elements.
  await write(placeOf(entries['./define']), `import './index.js';\n`);
  await write('contract', contract.text());
};
