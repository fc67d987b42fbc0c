import ts from 'typescript';

/** The parts of `contract/api.ts` that depend on zod's inference, as they follow from the table of operations. */
const generics = `
export type MerchantKey = keyof MerchantOperations;
export type ParamsOf<Key extends MerchantKey> = MerchantOperations[Key]['params'];
export type QueryInputOf<Key extends MerchantKey> = MerchantOperations[Key]['query'];
export type BodyInputOf<Key extends MerchantKey> = MerchantOperations[Key]['body'];
export type ResponseOf<Key extends MerchantKey> = MerchantOperations[Key]['response'];
`;
const genericNames = ['MerchantKey', 'ParamsOf', 'QueryInputOf', 'BodyInputOf', 'ResponseOf'];

/** Read by the compiler along with the sources: every type that an operation of the merchant API infers from its schemas. */
export const operationsFile = 'server/contract/operations-of-the-package.ts';
export const operationsSource = `
import type { BodyInputOf, DownloadKey as D, MerchantKey, ParamsOf, QueryInputOf, ResponseOf, StreamKey as S } from './api.ts';
export interface MerchantOperations extends Operations {}
type Operations = {
  [Key in MerchantKey]: { params: ParamsOf<Key>; query: QueryInputOf<Key>; body: BodyInputOf<Key>; response: ResponseOf<Key> };
};
export type DownloadKey = Extract<D, MerchantKey>;
export type StreamKey = Extract<S, MerchantKey>;
`;

const flags =
  ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias | ts.TypeFormatFlags.UseStructuralFallback;

/** Shorter ones are told as fast as a name. */
const shortestNamed = 40;

/**
 * Types of the contract, written out: what zod infers becomes plain TypeScript, so that the package needs no zod, not even
 * for its types. Objects that have a name in the contract keep it.
 */
export const contractTypes = (program: ts.Program, contractFolder: string, wanted: ReadonlySet<string>): string => {
  const checker = program.getTypeChecker();
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(contractFolder));
  const named = new Map<string, ts.Type>();
  for (const file of files) {
    const module = checker.getSymbolAtLocation(file);
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      const declaration = symbol.declarations?.find(
        (node) => ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node),
      );
      const isGeneric = declaration !== undefined && 'typeParameters' in declaration && declaration.typeParameters;
      if (declaration && !isGeneric) named.set(symbol.name, checker.getDeclaredTypeOfSymbol(symbol));
    }
  }

  const plain = (type: ts.Type): string =>
    checker.typeToString(type, undefined, flags).replaceAll(/import\("[^"]*"\)\./g, '');
  const nameByText = new Map<string, string>();
  for (const [name, type] of named) {
    const text = plain(type);
    if (text.startsWith('{') && text.length >= shortestNamed && name !== 'MerchantOperations') {
      nameByText.set(text, nameByText.get(text) ?? name);
    }
  }
  const texts = [...nameByText].sort(([one], [other]) => other.length - one.length);

  const used = new Set<string>();
  const withNames = (text: string, own = ''): string =>
    texts.reduce((result, [from, name]) => {
      if (name === own || !result.includes(from)) return result;
      used.add(name);
      return result.replaceAll(from, name);
    }, text);

  const operations = (): string => {
    const type = named.get('MerchantOperations');
    const lines = (type?.getProperties() ?? []).map((operation) => {
      const parts = checker.getTypeOfSymbol(operation).getProperties();
      const members = parts.map((part) => `${part.name}: ${withNames(plain(checker.getTypeOfSymbol(part)))};`);
      return `  '${operation.name}': { ${members.join(' ')} };`;
    });
    return `/** Every operation of the merchant API, by method and path. */\nexport interface MerchantOperations {\n${lines.join('\n')}\n}\n${generics}`;
  };

  const written: string[] = [];
  const done = new Set<string>(genericNames);
  const write = (name: string): void => {
    if (done.has(name)) return;
    done.add(name);
    const type = named.get(name);
    if (!type) throw new Error(`The contract has no type ${name}`);
    written.push(
      name === 'MerchantOperations' ? operations() : `export type ${name} = ${withNames(plain(type), name)};\n`,
    );
  };
  if (genericNames.some((name) => wanted.has(name))) write('MerchantOperations');
  for (const name of wanted) write(name);
  for (const name of used) write(name);
  return written.join('\n');
};
