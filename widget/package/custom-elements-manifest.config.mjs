/** Of the analyzer. */
export default {
  globs: [
    'widget/src/*.ts',
    'widget/src/session/session-element.ts',
    'widget/src/frame/*.ts',
    'widget/src/downloads/*.ts',
  ],
  exclude: ['**/*.test.ts'],
  litelement: true,
  packagejson: false,
};
