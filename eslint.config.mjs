import js from '@eslint/js';
import globals from 'globals';
import { configs as lit } from 'eslint-plugin-lit';
import tseslint from 'typescript-eslint';

/** One import wall: files that match `files` may not import what `group` matches. */
const wall = (files, ...patterns) => ({
  files,
  ignores: ['**/*.test.ts'],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

const contractTypesOnly = {
  regex: '^#contract/',
  allowTypeImports: true,
  message: 'The browser takes only types from the contract: write `import type` (zod would cost 22 kB).',
};
const noServer = {
  regex: '(^|/)server/',
  message: 'Browser code talks to the server over HTTP; it imports only contract types.',
};
/** What the server's own folders hold, as their browser code would reach it. */
const noServerFiles = {
  regex: '\\.(routes|service|repository|table|present)\\.ts$',
  message: 'Browser code talks to the server over HTTP; it imports only contract types.',
};
const noKysely = {
  group: ['kysely'],
  allowTypeImports: true,
  message: 'Kysely belongs in *.repository.ts and database/. Call a repository instead.',
};
const noForeignRepository = {
  regex: '\\.\\./[a-z-]+/[a-z-]+\\.repository\\.ts$',
  message: "Another slice's tables are reached through its service (or its own repository's slice), never directly.",
};
const noBrowser = { regex: '(^|/)(widget|demo-site)/', message: 'The server does not import browser code.' };
const noExpress = {
  group: ['express'],
  message: 'Express types stop at *.routes.ts and http/: pass plain values to services.',
};
const contractTree = {
  files: ['server/contract/**/*.ts'],
  ignores: ['**/*.test.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: [{ regex: '^(?!zod$|\\./)', message: 'The contract is zod and types only.' }] },
    ],
  },
};
const widgetSlices = ['invoices', 'payments', 'entitlements', 'profile', 'summary'];

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'node_modules/', '.cache/', 'test-results/'] },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'PropertyDefinition > PrivateIdentifier', message: 'Write `private`, not `#`.' },
      ],
      'no-console': 'error',
    },
  },
  { files: ['widget/src/shell/page-check.ts'], rules: { 'no-console': ['error', { allow: ['warn'] }] } },
  {
    files: ['**/*.config.ts', 'demo-site/e2e/secrets/teardown.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.test.ts'], rules: { '@typescript-eslint/no-unused-expressions': 'off' } },
  {
    files: ['widget/package/frameworks/*.d.ts'],
    rules: { '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }] },
  },
  { files: ['widget/**/*.ts', 'server/{console,hosted,openapi}/browser/**/*.ts'], ...lit['flat/recommended'] },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  { files: ['demo-site/public/*.js'], languageOptions: { globals: globals.browser } },
  wall(['server/*/*.ts'], noKysely, noForeignRepository, noBrowser, noExpress),
  wall(['server/*/*.repository.ts', 'server/database/**/*.ts'], noForeignRepository, noBrowser, noExpress),
  wall(['server/*/*.routes.ts', 'server/http/*.ts'], noKysely, noForeignRepository, noBrowser),
  // Of several walls around a file the last one stands: behind those of all slices.
  contractTree,
  wall(
    ['server/client/*.ts'],
    { ...contractTypesOnly, message: 'The client takes only types from the contract: write `import type`.' },
    {
      regex: '^(?!#contract/|node:|standardwebhooks$|\\./)',
      message: 'The client stands alone in a merchant’s backend: node, standardwebhooks and contract types.',
    },
  ),
  wall(['server/{console,hosted,openapi}/browser/**/*.ts'], contractTypesOnly, noKysely, noServerFiles),
  wall(
    ['widget/src/ui/**/*.ts', 'widget/src/format/**/*.ts'],
    { regex: '^#contract/|/api/|/session/', message: 'Parts get plain properties; they know no wire and no network.' },
    noServer,
    {
      regex: `\\.\\./(${[...widgetSlices, 'downloads'].join('|')})/`,
      message: 'Parts do not know the slices that use them.',
    },
  ),
  wall(['widget/src/*.ts', 'widget/src/{api,session,shell,i18n,theme}/**/*.ts'], contractTypesOnly, noServer),
  wall(['widget/src/downloads/**/*.ts'], contractTypesOnly, noServer, {
    regex: `\\.\\./(${widgetSlices.join('|')})/`,
    message: 'Downloads serve every slice and know none: take what differs as a property.',
  }),
  ...widgetSlices.map((slice) =>
    wall([`widget/src/${slice}/**/*.ts`], contractTypesOnly, noServer, {
      regex: `\\.\\./(${widgetSlices.filter((other) => other !== slice).join('|')})/`,
      message: 'A slice does not import another slice; move what two need into ui/ or format/.',
    }),
  ),
  {
    ...wall(['demo-site/**/*.ts'], {
      regex: '\\.\\./(widget|server(?!/testing/(?:certificate|figures|postgres)\\.ts))/|^#contract/',
      message: 'The demo-site has what a merchant has: the built bundle, the HTTP API and zenskar-portal/server.',
    }),
    ignores: ['**/*.test.ts', 'demo-site/gallery/**'],
  },
);
