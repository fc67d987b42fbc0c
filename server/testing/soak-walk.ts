import { randomUUID } from 'node:crypto';
import type { Random } from '../demo/random.ts';
import { newMark } from './ledger/ledger.ts';
import type { ServerProcess, Site } from './server-process.ts';
import { merchantOrigin } from './test-server.ts';

/** What customers in the portal and a merchant's backend do all day. */
export interface SoakWalk {
  /** One request that chance picks. @throws when it is not answered well */
  step(): Promise<void>;
  /** New access tokens for all sessions, before the old ones run out. */
  renewAll(): Promise<void>;
}

interface Visitor {
  customerId: string;
  invoiceIds: string[];
  headers: Record<string, string>;
}

const visitors = 12;
const invoicesEach = 40;

export const startSoakWalk = async (site: Site, server: ServerProcess, random: Random): Promise<SoakWalk> => {
  const { id: organisationId, apiKey } = site.organisation;
  const merchant = { organisation: organisationId, 'x-api-key': apiKey };
  const base = `/portal/${organisationId}`;

  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Record<string, unknown>> => {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const content = Buffer.from(await response.arrayBuffer());
    if (response.status !== 200) {
      throw new Error(`${method} ${path} answered ${response.status} ${content.toString()}`);
    }
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    return isJson ? (JSON.parse(content.toString()) as Record<string, unknown>) : {};
  };

  const addInvoice = async (customerId: string): Promise<string> => {
    const invoice = await send('POST', '/invoices', merchant, {
      customer_id: customerId,
      currency: 'USD',
      notes: newMark(),
      line_items: [{ name: 'Team plan', unit_price: '12.50' }],
    });
    return String(invoice['id']);
  };

  const enter = async (index: number): Promise<Visitor> => {
    const customer = await send('POST', '/customers', merchant, { customer_name: `Customer ${index}` });
    const customerId = String(customer['id']);
    const invoiceIds: string[] = [];
    for (let count = 0; count < invoicesEach; count += 1) {
      invoiceIds.push(await addInvoice(customerId));
    }
    const settings = { customer_id: customerId, return_url: 'https://shop.example/account' };
    const session = await send('POST', '/customer/session', merchant, settings);
    const opened = await send(
      'POST',
      `${base}/session/redeem`,
      { origin: merchantOrigin },
      { session_token: session['session_token'], redeem_nonce: randomUUID() },
    );
    const headers = { authorization: `Bearer ${String(opened['access_token'])}`, origin: merchantOrigin };
    return { customerId, invoiceIds, headers };
  };

  const everybody: Visitor[] = [];
  for (let index = 0; index < visitors; index += 1) {
    everybody.push(await enter(index));
  }
  // Whose records grow, so that what the others read stays as much as it was.
  const busy = await enter(visitors);
  const somebody = (): Visitor => random.pick(everybody as [Visitor, ...Visitor[]]);

  const renew = async (visitor: Visitor): Promise<void> => {
    const renewed = await send('POST', `${base}/session/renew`, visitor.headers);
    visitor.headers = { ...visitor.headers, authorization: `Bearer ${String(renewed['access_token'])}` };
  };
  const read = async (path: (invoiceId: string) => string): Promise<void> => {
    const { headers, invoiceIds } = somebody();
    await send('GET', `${base}${path(random.pick(invoiceIds as [string, ...string[]]))}`, headers);
  };
  const pay = async (): Promise<void> => {
    const { customerId } = busy;
    const invoiceId = await addInvoice(customerId);
    await send('POST', '/payments', merchant, {
      customer_id: customerId,
      amount: 1250,
      currency_code: 'USD',
      payment_method: 'bank_transfer',
      payment_parts: [{ invoice_id: invoiceId, amount: 1250 }],
    });
  };

  const steps: [number, () => Promise<void>][] = [
    [30, () => read(() => '/invoices?limit=25')],
    [20, () => read((id) => `/invoices/${id}`)],
    [10, () => read(() => '/invoices?search=INV-0000')],
    [12, () => read(() => '/summary')],
    [6, () => read(() => '/payments')],
    [4, () => renew(somebody())],
    [8, pay],
    [4, () => read(() => '/exports/payments')],
    [3, () => read((id) => `/invoices/${id}/pdf`)],
    [3, () => send('GET', '/health/ready', {}).then(() => undefined)],
  ];
  const total = steps.reduce((sum, [weight]) => sum + weight, 0);

  return {
    step: () => {
      let left = random.next() * total;
      const [, work] = steps.find(([weight]) => (left -= weight) < 0) ?? [0, pay];
      return work();
    },
    renewAll: async () => {
      await Promise.all(everybody.map(renew));
    },
  };
};
