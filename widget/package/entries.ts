import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the package is made. */
export const packageFolder = `${root}dist/package`;

/** What the package's users import, by the name behind `zenskar-portal`, and the source of it. */
export const entries = {
  '.': 'widget/src/index.ts',
  './define': 'widget/src/define-all.ts',
  './react': 'widget/src/react/index.ts',
  './frame': 'widget/src/frame/define.ts',
  './server': 'server/client/portal-client.ts',
} as const;

/** `widget/src/index.ts` is `widget/index` in the package, `server/client/call.ts` is `server/call`. */
export const placeOf = (source: string): string =>
  source
    .replace(/^(widget)\/src\//, '$1/')
    .replace(/^(server)\/client\//, '$1/')
    .replace(/(?:\.d)?\.ts$/, '');
