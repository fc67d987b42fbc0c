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

/**
 * Rollup plugin: what a page of today does not need of lit, and the portal's own name for lit's Trusted Types policy, so
 * that a page can list it (`trusted-types zenskar-portal`). Fails when lit no longer looks as it did.
 */
export const leanLit = {
  name: 'lean-lit',
  load: (id) => (/[\\/]@lit[\\/]reactive-element[\\/]css-tag\.js$/.test(id) ? cssTag : null),
  transform(code, id) {
    const replace = (text, from, to) => {
      const replaced = text.replace(from, to);
      if (replaced === text) this.error(`lit has changed: ${String(from)} is no longer in ${id}`);
      return replaced;
    };
    const versions = /\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/;
    if (/[\\/]lit-html[\\/]lit-html\.js$/.test(id)) {
      const named = replace(code, 'createPolicy("lit-html"', 'createPolicy("zenskar-portal"');
      return { code: replace(named, versions, '0'), map: null };
    }
    if (/[\\/](?:reactive-element|lit-element)\.js$/.test(id)) {
      return { code: replace(code, versions, '0'), map: null };
    }
    return null;
  },
};
