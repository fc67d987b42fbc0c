/**
 * lit's style sheets without the ways for browsers that cannot adopt sheets: the portal's own CSS needs newer browsers
 * than that.
 */
const cssTag = `
  export class CSSResult {
    constructor(cssText) {
      this._$cssResult$ = true;
      this.cssText = cssText;
    }
    get styleSheet() {
      if (!this.sheet) (this.sheet = new CSSStyleSheet()).replaceSync(this.cssText);
      return this.sheet;
    }
    toString() {
      return this.cssText;
    }
  }
  export const unsafeCSS = (text) => new CSSResult(String(text));
  export const css = (strings, ...values) => new CSSResult(String.raw({ raw: strings }, ...values));
  export const adoptStyles = (root, styles) => {
    root.adoptedStyleSheets = styles.map((style) => style.styleSheet ?? style);
  };
  export const getCompatibleStyle = (style) => style;
  export const supportsAdoptingStyleSheets = true;
`;

/** By file: what is left out, and what stands in its place. Hooks for polyfills and server rendering, lists of versions. */
const forAll = {
  'lit-html.js': [
    [/,\w+=\w+\.litHtmlPolyfillSupport;.*?\.push\("[\d.]+"\)/, ''],
    ['createPolicy("lit-html"', 'createPolicy("zenskar-portal"'],
  ],
  'reactive-element.js': [
    [/,\w+\?\.\(\{ReactiveElement:\w+\}\),.*?\.push\("[\d.]+"\)/, ''],
    [/Symbol\.metadata\?\?=.*?new WeakMap;/, ''],
    [/const \w+=this\[Symbol\.metadata\];.*?(?=this\._\$Eh=)/, ''],
    [/static addInitializer\(\w+\)\{.*?\}(?=static)/, ''],
    [/,void 0!==(\w+)\.l&&\(this\.l=\[\.\.\.\1\.l\]\)/, ''],
    [/,this\.constructor\.l\?\.forEach\(.*?\)\)/, ''],
  ],
  'lit-element.js': [
    [/,\w+\.litElementHydrateSupport\?\..*?;const \w+=\w+\.litElementPolyfillSupport;.*?(?=;)/, ''],
    [/\(\w+\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/, ''],
  ],
};

/**
 * Directives; values in comments, in text areas and for whole elements; attributes other than text and Boolean, or
 * written back.
 */
const forWidget = {
  'lit-html.js': [
    [/function (\w+)\((\w+),(\w+),\w+=\2,\w+\)\{if\(.*?\}(?=class)/, 'function $1($2,$3){return $3}'],
    [/\w+\.test\(\w+\[2\]\)&&\(.*?\)\),/, ''],
    [/if\(\w+\.test\(\w+\.tagName\)\)\{.*?\}\}(?=\}else)/, ''],
    [/else\{let \w+=-1;for\(.*?\.length-1\}/, ''],
    [/else \w+\.startsWith\(\w+\)&&\(\w+\.push\(\{type:6,.*?\)\)/, ''],
    [/1===\w+\.type\?(\w+=new \w+\.ctor\([^)]*\)):6===\w+\.type&&\(\w+=new \w+\([^)]*\)\)/, '$1'],
  ],
  'reactive-element.js': [
    [/\{toAttribute\(.*?return \w+\}\}(?=,)/, '{}'],
    [/,type:String,converter:\w+,reflect:!1,useDefault:!1/, ''],
    [/this\.prototype\.hasOwnProperty\((\w+)\)&&\(\(.*?wrapped=!0\),/, ''],
    [/_\$ET\(.*?\}\}(?=_\$AK)/, ''],
    [
      /(?<=\})_\$AK\(.*?\}(?=requestUpdate)/,
      '_$AK(name,text){const{_$Eh:names,elementProperties:all}=this.constructor,key=names.get(name);' +
        'this[key]=all.get(key).type?null!==text:text}',
    ],
    [/\|\|\w+\.useDefault&&.*?\)\)(?=\)\)return)/, ''],
    [/(?<=\})C\(.*?(?=async)/, 'C(name,old){this._$AL.has(name)||this._$AL.set(name,this.hasUpdated?old:void 0)}'],
    [/const \w+=this\.constructor\.elementProperties;if\(\w+\.size>0\).*?(?=\}let)/, ''],
    [/this\._\$Eq&&=.*?,(?=this\._\$EM)/, ''],
  ],
};

/**
 * Rollup plugin: leaves out of lit what a page of today does not need, and gives the portal's own name to lit's Trusted
 * Types policy, so that a page can list it (`trusted-types zenskar-portal`). For the widget also what the widget does not
 * use. Fails when lit no longer looks as it did, or when something comes into use that was left out.
 */
export const leanLit = ({ isWidget }) => ({
  name: 'lean-lit',
  load: (id) => (/[\\/]@lit[\\/]reactive-element[\\/]css-tag\.js$/.test(id) ? cssTag : null),
  transform(code, id) {
    const [, file = ''] = /[\\/](?:lit-html|lit-element|reactive-element)[\\/](.+\.js)$/.exec(id) ?? [];
    const declared = code.match(/@(?:property|state)\([^)]*\)/g)?.join() ?? '';
    const usesMore =
      /directive/.test(file) ||
      /reflect|converter|useDefault|type: (?!Boolean)/.test(declared) ||
      (id.endsWith('.ts') && /<(?:!--|(?:textarea|title|style|script)\b)/.test(code.replace(/\/\*.*?\*\//gs, '')));
    if (isWidget && usesMore) this.error(`The widget is built without this part of lit: ${id}`);
    const replacements = [...(forAll[file] ?? []), ...((isWidget && forWidget[file]) || [])];
    if (replacements.length === 0) return null;
    const lean = replacements.reduce((text, [from, to]) => {
      const replaced = text.replace(from, to);
      if (replaced === text) this.error(`lit has changed: ${String(from)} is no longer in ${id}`);
      return replaced;
    }, code);
    return { code: lean, map: null };
  },
});
