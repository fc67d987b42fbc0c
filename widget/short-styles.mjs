const sheet = /\bcss`(?:[^`\\]|\\.)*`/gs;
const needlessSpace = /(?<=[(,])\s+|\s+(?=\))|\s+(?=\s)/g;

/** Rollup plugin: style sheets without the white space that minifiers leave in the values of custom properties. */
export const shortStyles = {
  name: 'short-styles',
  transform: (code, id) =>
    id.endsWith('.ts') ? { code: code.replace(sheet, (css) => css.replace(needlessSpace, '')), map: null } : null,
};
