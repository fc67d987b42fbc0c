import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/open.ts';
import { freePort, runPortal } from '../testing/command-line.ts';
import { createTestDatabase } from '../testing/postgres.ts';
import { isPostgres } from '../testing/replicas.ts';
import { launch } from '../testing/server-process.ts';

const adminUrl = process.env['TEST_POSTGRES_ADMIN_URL'] ?? 'postgres://nobody@127.0.0.1/none';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  if (isPostgres) {
    database = await createTestDatabase(adminUrl);
  }
});
afterAll(async () => {
  if (isPostgres) {
    await database.drop();
  }
});

const changed = (change: (url: URL) => void): string => {
  const url = new URL(database.url);
  change(url);
  return url.href;
};

const serve = async (databaseUrl: string): Promise<{ code: number | null; log: string }> => {
  const server = launch({
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: 'https://billing.example',
    SIGNING_SECRETS: `one:${Buffer.alloc(32, 7).toString('base64url')}`,
    PORT: '0',
  });
  const { code } = await server.ended;
  return { code, log: server.log() };
};

describe.runIf(isPostgres)('a PostgreSQL that cannot be used', () => {
  it.each([
    [
      'cannot be reached',
      async () => {
        const port = String(await freePort());
        return changed((url) => {
          url.port = port;
        });
      },
      /ECONNREFUSED|refused/,
    ],
    [
      'has another password',
      () =>
        changed((url) => {
          url.password = 'a-wrong-password';
        }),
      /password authentication failed/,
    ],
    [
      'has no such database',
      () =>
        changed((url) => {
          url.pathname = '/nowhere';
        }),
      /database "nowhere" does not exist/,
    ],
    [
      'is given a role that row-level security does not hold',
      () =>
        changed((url) => {
          const admin = new URL(adminUrl);
          url.username = admin.username;
          url.password = admin.password;
        }),
      /can bypass row-level security/,
    ],
    [
      'speaks no TLS where the address asks for it',
      () =>
        changed((url) => {
          url.searchParams.set('sslmode', 'require');
        }),
      /SSL/,
    ],
  ])('and %s is named in one line, and ends the command', async (_, urlOf, reason) => {
    const url = await urlOf();
    const { code, stdout, stderr } = await runPortal(['migrate'], { environment: { DATABASE_URL: url } });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(reason);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('Unexpected');
    expect(stderr).not.toContain(new URL(url).password);
  });

  it('keeps the server from starting, in one line too', async () => {
    const port = String(await freePort());
    const url = changed((unreachable) => {
      unreachable.port = port;
    });
    const { code, log } = await serve(url);
    expect(code).toBe(1);
    expect(log.trimEnd().split('\n')).toHaveLength(1);
    expect(log).toMatch(/^The portal cannot start: .*ECONNREFUSED/);
  });

  it('and belongs to a newer version is left as it is', async () => {
    const db = openDatabase(database.url);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-tomorrow', '2099')`.execute(db);
    const { code, log } = await serve(database.url);
    expect([code, log]).toEqual([
      1,
      'The database belongs to a newer version of this program: it has had 9999-tomorrow\n',
    ]);
    await sql`delete from kysely_migration where name = '9999-tomorrow'`.execute(db);
    await db.destroy();
  });
});
