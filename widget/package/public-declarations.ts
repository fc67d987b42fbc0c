import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import type { ContractTypes } from './contract-types.ts';

/** Called by lit and by the session, not by pages. */
const lifecycle = new Set([
  'adoptedCallback',
  'attributeChangedCallback',
  'connectedCallback',
  'createRenderRoot',
  'disconnectedCallback',
  'firstUpdated',
  'render',
  'shouldUpdate',
  'styles',
  'updated',
  'willUpdate',
]);

/** With zod, of whose types the contract has the few that it names. */
const contractForm = /^zod$|(?:^#|^|\/)contract\/[\w-]+\.ts$/;

interface Edit {
  start: number;
  end: number;
  text: string;
}

interface Imported {
  from: string;
  name: string;
}

/** One emitted declaration file, and which of its statements somebody needs. */
interface Module {
  file: ts.SourceFile;
  declared: Map<string, ts.Statement[]>;
  imported: Map<string, Imported>;
  needed: Set<ts.Statement>;
  usedImports: Set<string>;
  /** Types of the contract that stand where it wrote them out. */
  contractTypes: Set<string>;
}

const isHidden = (member: ts.ClassElement): boolean =>
  (ts.canHaveModifiers(member) &&
    (ts.getModifiers(member) ?? []).some(
      ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
    )) ||
  (member.name !== undefined && ts.isIdentifier(member.name) && lifecycle.has(member.name.text));

const isGlobal = (statement: ts.Statement): statement is ts.ModuleDeclaration =>
  ts.isModuleDeclaration(statement) &&
  statement.name.kind === ts.SyntaxKind.Identifier &&
  statement.name.text === 'global';

/** In `declare global`: names of the portal's own insides. */
const isOwnGlobal = (node: ts.Node): boolean =>
  ts.isPropertySignature(node) && ts.isStringLiteral(node.name) && node.name.text.startsWith('zk-');

/**
 * What pages may use of the emitted declarations: the exports of the entries and what those need, without private,
 * protected and inner members. What comes from the contract is left to one module beside them.
 */
export class PublicDeclarations {
  private readonly sources: ReadonlyMap<string, string>;
  private readonly modules = new Map<string, Module>();
  private readonly whole = new Set<string>();
  private readonly contract: ContractTypes;

  /** @param sources emitted declarations by path from the root */
  constructor(sources: ReadonlyMap<string, string>, contract: ContractTypes) {
    this.sources = sources;
    this.contract = contract;
  }

  /** Makes everything that an entry exports public. */
  take(entry: string): void {
    const path = entry.replace(/\.ts$/, '.d.ts');
    this.whole.add(path);
    const module = this.moduleAt(path);
    for (const statement of module.file.statements) {
      const isExported =
        ts.isExportDeclaration(statement) ||
        (ts.canHaveModifiers(statement) &&
          ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));
      if (isExported) this.need(path, module, statement);
    }
  }

  /** The files that are needed, each reduced to what is. */
  texts(): [path: string, text: string][] {
    return [...this.modules].map(([path, module]) => [path, this.textOf(path, module)]);
  }

  private moduleAt(path: string): Module {
    const known = this.modules.get(path);
    if (known) return known;
    const source = this.sources.get(path);
    if (source === undefined) throw new Error(`No declarations were emitted for ${path}`);
    const file = ts.createSourceFile(path, source, ts.ScriptTarget.ESNext, true);
    const module: Module = {
      file,
      declared: new Map(),
      imported: new Map(),
      needed: new Set(),
      usedImports: new Set(),
      contractTypes: new Set(),
    };
    this.modules.set(path, module);
    for (const statement of file.statements) {
      if (ts.isImportDeclaration(statement)) collectImports(statement, module.imported);
      for (const name of declaredNames(statement)) {
        module.declared.set(name, [...(module.declared.get(name) ?? []), statement]);
      }
    }
    for (const statement of file.statements) if (isGlobal(statement)) this.needGlobal(path, module, statement);
    return module;
  }

  private needGlobal(path: string, module: Module, statement: ts.ModuleDeclaration): void {
    const body = statement.body;
    const interfaces = body && ts.isModuleBlock(body) ? body.statements.filter(ts.isInterfaceDeclaration) : [];
    if (interfaces.every(({ members }) => members.every(isOwnGlobal))) return;
    this.need(path, module, statement);
  }

  private need(path: string, module: Module, statement: ts.Statement): void {
    if (module.needed.has(statement)) return;
    module.needed.add(statement);
    if (ts.isExportDeclaration(statement)) {
      this.needReexports(path, module, statement);
      return;
    }
    this.visit(path, module, statement);
  }

  private needReexports(path: string, module: Module, { exportClause, moduleSpecifier }: ts.ExportDeclaration): void {
    const from = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : null;
    if (!exportClause || !ts.isNamedExports(exportClause)) {
      if (from !== null) this.take(join(dirname(path), from));
      return;
    }
    for (const { name, propertyName } of exportClause.elements) {
      const original = (propertyName ?? name).text;
      if (from === null) this.needName(path, module, original);
      else this.needFrom(path, from, original);
    }
  }

  private visit(path: string, module: Module, node: ts.Node): void {
    if (isOwnGlobal(node) || (ts.isClassElement(node) && isHidden(node))) return;
    if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) return;
    if (ts.isImportTypeNode(node)) {
      const { literal } = node.argument as ts.LiteralTypeNode;
      const name = node.qualifier && ts.isIdentifier(node.qualifier) ? node.qualifier.text : null;
      if (ts.isStringLiteral(literal) && name !== null) this.needFrom(path, literal.text, name);
    }
    const inContract = ts.isTypeLiteralNode(node) ? this.contract.nameOf(node.getText(module.file)) : undefined;
    if (inContract !== undefined) {
      this.contract.need(inContract);
      module.contractTypes.add(inContract);
      return;
    }
    if (ts.isIdentifier(node)) this.needName(path, module, node.text);
    ts.forEachChild(node, (child) => this.visit(path, module, child));
  }

  private needName(path: string, module: Module, name: string): void {
    for (const statement of module.declared.get(name) ?? []) this.need(path, module, statement);
    const imported = module.imported.get(name);
    if (!imported || module.usedImports.has(name)) return;
    module.usedImports.add(name);
    this.needFrom(path, imported.from, imported.name);
  }

  private needFrom(path: string, from: string, name: string): void {
    if (contractForm.test(from)) {
      this.contract.need(name);
      return;
    }
    if (!from.startsWith('.')) return;
    const target = join(dirname(path), from).replace(/\.ts$/, '.d.ts');
    const module = this.moduleAt(target);
    const reexport = module.file.statements.find(
      (statement): statement is ts.ExportDeclaration =>
        ts.isExportDeclaration(statement) &&
        (!statement.exportClause ||
          (ts.isNamedExports(statement.exportClause) &&
            statement.exportClause.elements.some((element) => element.name.text === name))),
    );
    if (!module.declared.has(name) && reexport) this.need(target, module, reexport);
    this.needName(target, module, name);
  }

  private textOf(path: string, module: Module): string {
    const { file, needed } = module;
    const edits: Edit[] = [];
    const specifier = (literal: ts.Expression): void => {
      if (!ts.isStringLiteral(literal)) return;
      const text = this.placeFrom(path, literal.text);
      edits.push({ start: literal.getStart(file), end: literal.end, text: `'${text}'` });
    };
    for (const statement of file.statements) {
      if (ts.isImportDeclaration(statement)) {
        const names = importedNames(statement).filter((name) => module.usedImports.has(name));
        edits.push({
          start: statement.getStart(file),
          end: statement.end,
          text: names.length === 0 ? '' : importText(statement, names, this.placeFrom(path, specifierOf(statement))),
        });
      } else if (needed.has(statement)) this.editStatement(statement, edits, specifier);
      else edits.push({ start: statement.getFullStart(), end: statement.end, text: '' });
    }
    edits.sort((one, other) => other.start - one.start);
    const text = edits.reduce(
      (whole, edit) => whole.slice(0, edit.start) + edit.text + whole.slice(edit.end),
      file.text,
    );
    const types = [...module.contractTypes].filter((name) => !module.usedImports.has(name));
    const imports =
      types.length === 0
        ? ''
        : `import type { ${types.join(', ')} } from '${this.placeFrom(path, '#contract/api.ts')}';\n`;
    return /^\s*$/.test(text) ? 'export {};\n' : `${imports}${text}`;
  }

  private editStatement(statement: ts.Statement, edits: Edit[], specifier: (literal: ts.Expression) => void): void {
    const edit = (node: ts.Node): void => {
      const isDropped =
        isOwnGlobal(node) ||
        (ts.isClassElement(node) && isHidden(node)) ||
        (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword);
      if (isDropped) {
        edits.push({ start: node.getFullStart(), end: node.end, text: '' });
        return;
      }
      const inContract = ts.isTypeLiteralNode(node) ? this.contract.nameOf(node.getText()) : undefined;
      if (inContract !== undefined) {
        edits.push({ start: node.getStart(), end: node.end, text: inContract });
        return;
      }
      if (ts.isExportDeclaration(node) && node.moduleSpecifier) specifier(node.moduleSpecifier);
      if (ts.isImportTypeNode(node)) specifier((node.argument as ts.LiteralTypeNode).literal as ts.Expression);
      ts.forEachChild(node, edit);
    };
    edit(statement);
  }

  private placeFrom(path: string, specifier: string): string {
    if (contractForm.test(specifier)) {
      const depth =
        path.split('/').length - (path.startsWith('widget/src/') || path.startsWith('server/client/') ? 2 : 1);
      return `${'../'.repeat(depth) || './'}contract.js`;
    }
    return specifier.startsWith('.') ? specifier.replace(/\.ts$/, '.js') : specifier;
  }
}

const specifierOf = ({ moduleSpecifier }: ts.ImportDeclaration): string =>
  ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';

const importedNames = ({ importClause }: ts.ImportDeclaration): string[] => {
  const bindings = importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
};

const collectImports = (statement: ts.ImportDeclaration, imported: Map<string, Imported>): void => {
  const bindings = statement.importClause?.namedBindings;
  const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
  for (const { name, propertyName } of elements) {
    imported.set(name.text, { from: specifierOf(statement), name: (propertyName ?? name).text });
  }
};

const importText = (statement: ts.ImportDeclaration, names: readonly string[], from: string): string => {
  const bindings = statement.importClause?.namedBindings;
  const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
  const kept = elements.filter(({ name }) => names.includes(name.text)).map((element) => element.getText());
  const isTypeOnly = statement.importClause?.getText().startsWith('type ') === true;
  return `import ${isTypeOnly ? 'type ' : ''}{ ${kept.join(', ')} } from '${from}';`;
};

const declaredNames = (statement: ts.Statement): string[] => {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const isNamed =
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isFunctionDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
};
