import type { Clock } from '../clock.ts';
import { transact } from '../database/transaction.ts';
import { hashPassword } from '../staff/password.ts';
import { createStaff } from '../staff/staff.service.ts';
import type { Answer } from './send-request.ts';
import type { TestServer } from './test-server.ts';

/** What logging in to the console needs of a server. */
type ConsoleServer = Pick<TestServer, 'db' | 'request' | 'origin'> & { clock: Clock };

export const staffPassword = 'a long and rainy autumn';

/** A caller of the console API who is logged in. */
export interface ConsoleClient {
  staffId: string;
  headers: Record<string, string>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** Makes a staff member; answers the id. */
export const addStaff = async (
  { db, clock }: Pick<ConsoleServer, 'db' | 'clock'>,
  organisationId: string,
  { email, name = 'Priya Raman' }: { email: string; name?: string },
): Promise<string> => {
  const passwordHash = await hashPassword(staffPassword);
  return transact(db, (trx) => createStaff(trx, clock, { organisationId }, { name, email, passwordHash }));
};

/** Logs in as the console's own page does. */
export const logIn = (
  server: ConsoleServer,
  body: unknown,
  headers: Record<string, string> = { origin: server.origin },
): Promise<Answer> => server.request('POST', '/console/api/login', { headers, body });

/** The cookie pair that an answer sets, as the browser sends it back. */
export const cookieOf = (answer: Answer): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

/** Makes a staff member and logs in; paths of the client are relative to `/console/api`. */
export const openConsole = async (
  server: ConsoleServer,
  organisationId: string,
  who: { email: string; name?: string } = { email: 'priya@northwind.example' },
): Promise<ConsoleClient> => {
  const staffId = await addStaff(server, organisationId, who);
  const answer = await logIn(server, { email: who.email, password: staffPassword });
  if (answer.status !== 200) {
    throw new Error(`Logging in failed: ${answer.text}`);
  }
  const headers = { cookie: cookieOf(answer) };
  return {
    staffId,
    headers,
    get: (path) => server.request('GET', `/console/api${path}`, { headers }),
    post: (path, body = {}, extra = { origin: server.origin }) =>
      server.request('POST', `/console/api${path}`, { headers: { ...headers, ...extra }, body }),
  };
};
