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

const litPolicy = 'createPolicy("lit-html"';

/** Hooks for polyfills and for server rendering, and the lists of versions in the page; by file. */
const leftOut = {
  'lit-html.js': [/,\w+=\w+\.litHtmlPolyfillSupport;.*?\.push\("[\d.]+"\)/],
  'reactive-element.js': [/,\w+\?\.\(\{ReactiveElement:\w+\}\),.*?\.push\("[\d.]+"\)/],
  'lit-element.js': [
    /,\w+\.litElementHydrateSupport\?\..*?;const \w+=\w+\.litElementPolyfillSupport;.*?(?=;)/,
    /\(\w+\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/,
  ],
};

/**
 * Rollup plugin: leaves out of lit what a page of today does not need, and gives the portal's own name to lit's Trusted
 * Types policy, so that a page can list it (`trusted-types zenskar-portal`). Fails when lit no longer looks as it did.
 */
export const leanLit = {
  name: 'lean-lit',
  load: (id) => (/[\\/]@lit[\\/]reactive-element[\\/]css-tag\.js$/.test(id) ? cssTag : null),
  transform(code, id) {
    const [, file = ''] = /[\\/](?:lit-html|lit-element|reactive-element)[\\/]([\w-]+\.js)$/.exec(id) ?? [];
    const patterns = leftOut[file];
    if (!patterns) return null;
    const replace = (text, from, to) => {
      const replaced = text.replace(from, to);
      if (replaced === text) this.error(`lit has changed: ${String(from)} is no longer in ${id}`);
      return replaced;
    };
    const lean = patterns.reduce((text, pattern) => replace(text, pattern, ''), code);
    return {
      code: file === 'lit-html.js' ? replace(lean, litPolicy, 'createPolicy("zenskar-portal"') : lean,
      map: null,
    };
  },
};
