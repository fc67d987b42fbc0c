import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** What a program needs at run time. */
export interface ProductionFiles {
  /** Modules of ours, relative to the root. */
  modules: string[];
  /** Packages that they import. */
  packages: string[];
}

const contractAlias = '#contract/';

const namedOnly = ({ isTypeOnly, namedBindings }: ts.ImportClause): boolean =>
  isTypeOnly ||
  (namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every((element) => element.isTypeOnly));

/** Where a module's imports lead that are left when its types are gone. */
const specifiersOf = (source: ts.SourceFile): string[] => {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && !(node.importClause !== undefined && namedOnly(node.importClause))) {
      found.push((node.moduleSpecifier as ts.StringLiteral).text);
    } else if (ts.isExportDeclaration(node) && !node.isTypeOnly && node.moduleSpecifier !== undefined) {
      found.push((node.moduleSpecifier as ts.StringLiteral).text);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument !== undefined && ts.isStringLiteral(argument)) {
        found.push(argument.text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

/** `@scope/name/part` and `name/part` to the package's name. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Follows every import from `entry`, the late ones too. */
export const productionFilesOf = async (root: string, entry: string): Promise<ProductionFiles> => {
  const modules = new Set<string>([entry]);
  const packages = new Set<string>();
  for (const file of modules) {
    const text = await readFile(join(root, file), 'utf8');
    for (const specifier of specifiersOf(ts.createSourceFile(file, text, ts.ScriptTarget.Latest))) {
      if (specifier.startsWith('.')) {
        modules.add(relative(root, join(root, dirname(file), specifier)));
      } else if (specifier.startsWith(contractAlias)) {
        modules.add(join('server/contract', specifier.slice(contractAlias.length)));
      } else if (!specifier.startsWith('node:')) {
        packages.add(packageOf(specifier));
      }
    }
  }
  return { modules: [...modules].sort(), packages: [...packages].sort() };
};
