const declaration = /^ {2}@(property|state)\(([^\n]*?)\)\s+((?:private |protected |override )*)(\w+)/gm;
const litImport = /import \{([^}]*)\} from 'lit\/decorators\.js';/;
const classStart = /(\bextends \w+Element (?:implements \w+ )?\{)/;

/**
 * Rollup plugin: lit's `@property` and `@state` as the `static properties` that they stand for, which takes less room.
 * Comes before the plugin that compiles TypeScript. Other decorators stay.
 */
export const staticProperties = {
  name: 'static-properties',
  transform(code, id) {
    if (!id.endsWith('.ts') || !litImport.test(code)) return null;
    const found = [];
    const plain = code.replace(declaration, (_match, kind, options, modifiers, name) => {
      found.push(`${name}: ${kind === 'state' ? '{ state: true }' : options || '{}'}`);
      return `  ${modifiers}${name}`;
    });
    if (found.length === 0) return null;
    if (!classStart.test(plain) || /@(?:property|state)\(/.test(plain))
      this.error(`Cannot read the properties of ${id}`);
    const imported = plain.replace(litImport, (_match, names) => {
      const others = names.split(',').filter((name) => !['property', 'state', ''].includes(name.trim()));
      return others.length > 0 ? `import {${others.join(',')}} from 'lit/decorators.js';` : '';
    });
    return { code: imported.replace(classStart, `$1 static properties = { ${found.join(', ')} };`), map: null };
  },
};
