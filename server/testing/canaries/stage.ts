import { randomBytes } from 'node:crypto';
import { migrate } from '../../database/migrate.ts';
import { openDatabase } from '../../database/open.ts';
import type { Db } from '../../database/transaction.ts';
import { startPortal } from '../command-line.ts';
import type { Running } from '../command-line.ts';
import { createDatabase } from '../test-server.ts';
import { startReceiver } from '../webhook-receiver.ts';
import type { Receiver } from '../webhook-receiver.ts';
import { Marks } from './marks.ts';
import type { Owner } from './marks.ts';
import { insertCustomer } from './planned-customer.ts';
import type { PlannedCustomer } from './planned-customer.ts';
import { insertOrganisation, planOrganisation } from './planned-organisation.ts';
import type { PlannedOrganisation } from './planned-organisation.ts';
import { jsonOf, visitorAt } from './visitor.ts';
import type { Visitor } from './visitor.ts';

/** Organisations A and B with customers A1, A2, B1 and B2, and a server of its own process that logs all it can. */
export interface Stage {
  marks: Marks;
  a: PlannedOrganisation;
  b: PlannedOrganisation;
  db: Db;
  server: Running;
  /** Hears the webhooks of A. */
  receiver: Receiver;
  /** Only A and its customer A1 are there from the start. */
  insertOthers(): Promise<void>;
  ownerOf(organisationId: string, customerId: string | null): Owner | undefined;
  stranger(headers?: Record<string, string>): Visitor;
  merchant(organisation: PlannedOrganisation): Visitor;
  /** A link's token; `origin` restricts where it can be redeemed. */
  newLink(organisation: PlannedOrganisation, customer: PlannedCustomer, origin?: string): Promise<string>;
  /** As the widget opens it; the visitor remembers that answer too. */
  openPortal(organisation: PlannedOrganisation, customer: PlannedCustomer): Promise<Visitor>;
  openConsole(organisation: PlannedOrganisation): Promise<Visitor>;
  close(): Promise<void>;
}

export const publicOrigin = 'https://billing.example';

export const startStage = async (): Promise<Stage> => {
  const marks = new Marks();
  const [a, b] = [planOrganisation(marks, 'A'), planOrganisation(marks, 'B')];
  const database = await createDatabase();
  const db = openDatabase(database.url);
  await migrate(db);
  const keys = new Map([[a, await insertOrganisation(db, marks, a)]]);
  await insertCustomer(db, a.customers[0]);
  const receiver = await startReceiver();
  const server = await startPortal(['serve'], {
    DATABASE_URL: database.url,
    PUBLIC_URL: publicOrigin,
    PORT: '0',
    SIGNING_SECRETS: `test:${randomBytes(32).toString('base64url')}`,
    WEBHOOKS_ALLOW_LOOPBACK: '1',
    RATE_LIMIT_KEY: '0',
    RATE_LIMIT_SESSION: '0',
    LOG_LEVEL: 'trace',
  });
  const address = `http://127.0.0.1:${String(server.document['port'])}`;

  const stranger = (headers: Record<string, string> = {}): Visitor => visitorAt(address, headers);
  const merchant = (organisation: PlannedOrganisation): Visitor =>
    visitorAt(address, { organisation: organisation.id, 'x-api-key': keys.get(organisation) ?? '' });
  const newLink: Stage['newLink'] = async (organisation, customer, origin) => {
    const { staffOwner } = organisation;
    const owner = ownerOf(organisation.id, customer.id) ?? '';
    const created = await merchant(organisation).ask('POST', '/customer/session', {
      body: {
        customer_id: customer.id,
        return_url: `${organisation.origin}/${marks.word(owner, 'portal_session.return_url')}`,
        session_key: marks.word(staffOwner, 'portal_session.session_key'),
        ...(origin === undefined ? {} : { origin }),
      },
    });
    const token = String(jsonOf(created)['session_token']);
    marks.learn({ owner, place: 'session token', value: token.slice(-43) });
    return token;
  };
  const ownerOf: Stage['ownerOf'] = (organisationId, customerId) => {
    const organisation = [a, b].find(({ id }) => id === organisationId);
    const index = organisation?.customers.findIndex(({ id }) => id === customerId) ?? -1;
    return index === -1 ? organisation?.staffOwner : `${organisation?.owner ?? ''}${index + 1}`;
  };

  return {
    marks,
    a,
    b,
    db,
    server,
    receiver,
    insertOthers: async () => {
      keys.set(b, await insertOrganisation(db, marks, b));
      for (const customer of [a.customers[1], ...b.customers]) {
        await insertCustomer(db, customer);
      }
    },
    ownerOf,
    stranger,
    merchant,
    newLink,
    openPortal: async (organisation, customer) => {
      const { id, origin, staffOwner } = organisation;
      const token = await newLink(organisation, customer, origin);
      const opener = stranger({ origin });
      const opened = await opener.ask('POST', `/portal/${id}/session/redeem`, {
        body: {
          session_token: token,
          redeem_nonce: marks.word(staffOwner, 'redeem nonce'),
          preload: { limit: 100 },
        },
      });
      const visitor = stranger({ origin, authorization: `Bearer ${String(jsonOf(opened)['access_token'])}` });
      visitor.answers.push(...opener.answers);
      return visitor;
    },
    openConsole: async ({ staff, staffOwner }) => {
      const opener = stranger({ origin: publicOrigin });
      const answer = await opener.ask('POST', '/console/api/login', { body: staff });
      const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      jsonOf(answer);
      marks.learn({ owner: staffOwner, place: 'staff cookie', value: cookie.split('=')[1] ?? '' });
      const visitor = stranger({ cookie, origin: publicOrigin });
      visitor.answers.push(...opener.answers);
      return visitor;
    },
    close: async () => {
      await server.stop();
      await receiver.close();
      await db.destroy();
      await database.drop();
    },
  };
};
