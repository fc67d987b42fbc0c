import { startTestPostgres } from './postgres.ts';

/** With TEST_DATABASE=postgres all test servers use PostgreSQL: the one of TEST_DATABASE_URL, or one of this run's own. */
export const setup = async (): Promise<(() => Promise<void>) | undefined> => {
  if (process.env['TEST_DATABASE'] !== 'postgres') {
    return undefined;
  }
  const postgres = await startTestPostgres(process.env['TEST_DATABASE_URL']);
  process.env['TEST_POSTGRES_ADMIN_URL'] = postgres.adminUrl;
  return () => postgres.stop();
};
