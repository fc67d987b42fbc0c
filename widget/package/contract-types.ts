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

/** What the contract takes from zod by name. */
const json = 'JSONType';
const jsonText = `export type ${json} = string | number | boolean | null | ${json}[] | { [key: string]: ${json} };\n`;

/** Shorter ones are told as fast as a name. */
const shortestNamed = 40;

const withoutImports = (text: string): string => text.replaceAll(/import\((["'])[^"']*\1\)\./g, '');
const withoutSpace = (text: string): string => text.replaceAll(/\s+/g, '');

/**
 * Types of the contract, written out: what zod infers becomes plain TypeScript, so that the package needs no zod, not even
 * for its types. Objects that have a name in the contract keep it.
 */
export class ContractTypes {
  private readonly checker: ts.TypeChecker;
  private readonly types = new Map<string, ts.Type>();
  /** By what they are. */
  private readonly names = new Map<string, string>();
  private readonly namesWithoutSpace: ReadonlyMap<string, string>;
  private readonly longestFirst: readonly (readonly [text: string, name: string])[];
  private readonly needed = new Set<string>();

  /** @param folder where the contract's modules are, with its slash */
  constructor(program: ts.Program, folder: string) {
    this.checker = program.getTypeChecker();
    for (const file of program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder))) this.read(file);
    for (const [name, type] of this.types) {
      const text = this.textOf(type);
      const isNamed = text.startsWith('{') && text.length >= shortestNamed && name !== 'MerchantOperations';
      if (isNamed && !this.names.has(text)) this.names.set(text, name);
    }
    this.namesWithoutSpace = new Map([...this.names].map(([text, name]) => [withoutSpace(text), name]));
    this.longestFirst = [...this.names].sort(([one], [other]) => other.length - one.length);
  }

  private read(file: ts.SourceFile): void {
    const module = this.checker.getSymbolAtLocation(file);
    for (const symbol of module ? this.checker.getExportsOfModule(module) : []) {
      const declaration = symbol.declarations?.find(
        (node) => ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node),
      );
      if (declaration && !declaration.typeParameters) {
        this.types.set(symbol.name, this.checker.getDeclaredTypeOfSymbol(symbol));
      }
    }
  }

  private textOf(type: ts.Type): string {
    return withoutImports(this.checker.typeToString(type, undefined, flags));
  }

  /** The name that an object type has in the contract, however its text is spaced. */
  nameOf(text: string): string | undefined {
    return this.namesWithoutSpace.get(withoutSpace(withoutImports(text)));
  }

  /** Something outside names this type. */
  need(name: string): void {
    this.needed.add(name);
  }

  private withNames(text: string, own = ''): string {
    if (text.includes(json)) this.need(json);
    return this.longestFirst.reduce((result, [from, name]) => {
      if (name === own || !result.includes(from)) return result;
      this.need(name);
      return result.replaceAll(from, name);
    }, text);
  }

  private operations(): string {
    const lines = (this.types.get('MerchantOperations')?.getProperties() ?? []).map((operation) => {
      const members = this.checker
        .getTypeOfSymbol(operation)
        .getProperties()
        .map((part) => `${part.name}: ${this.withNames(this.textOf(this.checker.getTypeOfSymbol(part)))};`);
      return `  '${operation.name}': { ${members.join(' ')} };`;
    });
    const comment = '/** Every operation of the merchant API, by method and path. */';
    return `${comment}\nexport interface MerchantOperations {\n${lines.join('\n')}\n}\n${generics}`;
  }

  private written(name: string): string {
    if (name === 'MerchantOperations') return this.operations();
    if (name === json) return jsonText;
    const type = this.types.get(name);
    if (!type) throw new Error(`The contract has no type ${name}`);
    return `export type ${name} = ${this.withNames(this.textOf(type), name)};\n`;
  }

  /** A module of all the types that are needed. */
  text(): string {
    if (genericNames.some((name) => this.needed.delete(name))) this.need('MerchantOperations');
    for (const name of genericNames) this.needed.delete(name);
    const parts: string[] = [];
    // A set that grows while it is walked is walked to its end.
    for (const name of this.needed) parts.push(this.written(name));
    return parts.join('\n');
  }
}
