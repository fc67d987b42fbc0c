import { randomUUID } from 'node:crypto';
import type { Random } from '../../demo/random.ts';
import { sendPatiently } from '../patient-client.ts';
import type { PatientAnswer } from '../patient-client.ts';
import type { Site } from '../server-process.ts';
import { merchantOrigin } from '../test-server.ts';
import { newMark } from './ledger.ts';
import type { Kind, Ledger } from './ledger.ts';

/** One who writes into a portal that may be killed at any moment, and notes what was acknowledged. */
export interface Clerk {
  /** Makes the customer whose records these are. Call it while nothing is killed. */
  begin(): Promise<void>;
  /** One write of a kind that chance picks. */
  work(): Promise<void>;
}

interface OpenInvoice {
  id: string;
  due: number;
}

/** So many records go in one request at least; beyond 500 there is more than one transaction. */
const bulkSizes = [20, 60, 520] as const;

const newCustomer = () => ({ customer_name: newMark(), contacts: [{ email: 'lena@aurora.example' }] });

export const newClerk = (site: Site, origin: () => string, random: Random, ledger: Ledger): Clerk => {
  const { id: organisationId, apiKey } = site.organisation;
  const merchant = { organisation: organisationId, 'x-api-key': apiKey };
  const openInvoices: OpenInvoice[] = [];
  let customerId = '';
  let portal: Record<string, string> = {};
  let etag = '';
  let endpoints = 0;

  const acknowledge = (kind: Kind, id: unknown, answer: PatientAnswer | undefined): void => {
    ledger.acknowledged += 1;
    const isReplay = answer?.headers.get('idempotent-replayed') === 'true';
    ledger.replayed += isReplay ? 1 : 0;
    const requestId = answer?.headers.get('x-request-id');
    ledger.entries.push({ kind, id: String(id), requestId: isReplay ? null : (requestId ?? null) });
  };

  /** The body of a success; undefined when nobody knows what became of the request. Half of all carry a key. */
  const post = async (kind: Kind, path: string, body: Record<string, unknown>, idField = 'id') => {
    const isKeyed = random.chance(0.5);
    const headers = { ...merchant, ...(isKeyed ? { 'idempotency-key': randomUUID() } : {}) };
    const request = { method: 'POST', path, headers, body, isRepeatable: isKeyed };
    const { answer, setbacks } = await sendPatiently(origin, request);
    ledger.repeated += isKeyed && setbacks.some((reason) => !/^\d|ECONNREFUSED/.test(reason)) ? 1 : 0;
    if (answer === undefined) {
      ledger.unknown += 1;
      return undefined;
    }
    if (answer.status !== 200) {
      throw new Error(`POST ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    acknowledge(kind, answer.body[idField], answer);
    return answer.body;
  };

  const createCustomer = async (): Promise<void> => {
    await post('customer', '/customers', newCustomer());
  };

  const createInvoice = async (): Promise<void> => {
    const line_items = [
      { name: 'Team plan', quantity: random.int(1, 9), unit_price: '12.50' },
      { name: 'API calls', quantity: random.int(1, 9), unit_price: '20', tax_rate: '19' },
    ];
    const body = await post('invoice', '/invoices', {
      customer_id: customerId,
      currency: 'USD',
      notes: newMark(),
      line_items,
    });
    if (body !== undefined) {
      openInvoices.push({ id: String(body['id']), due: Number(body['amount_due']) });
    }
  };

  const pay = async (): Promise<void> => {
    const invoice = openInvoices.shift();
    if (invoice === undefined) {
      return createInvoice();
    }
    const amount = random.chance(0.5) ? invoice.due : Math.ceil(invoice.due / 2);
    const body = await post('payment', '/payments', {
      customer_id: customerId,
      amount,
      currency_code: 'USD',
      payment_method: 'bank_transfer',
      description: newMark(),
      payment_parts: [{ invoice_id: invoice.id, amount }],
    });
    if (body !== undefined && invoice.due > amount) {
      openInvoices.push({ id: invoice.id, due: invoice.due - amount });
    }
  };

  const credit = async (): Promise<void> => {
    const invoice = openInvoices.shift();
    if (invoice === undefined) {
      return createInvoice();
    }
    await post('credit note', `/invoices/${invoice.id}/credit_note`, { credit_note_amount: '1', reason: newMark() });
  };

  const addEndpoint = async (): Promise<void> => {
    endpoints += 1;
    if (endpoints > 5) {
      return createCustomer();
    }
    await post('webhook endpoint', '/webhook_endpoints', {
      url: `https://hooks.example/${newMark()}`,
      event_types: ['customer.deleted'],
    });
  };

  /** Redeeming needs no key: the same nonce, soon after, opens the same session. */
  const openSession = async (): Promise<void> => {
    const settings = { customer_id: customerId, return_url: 'https://shop.example/account', session_key: newMark() };
    const created = await post('session', '/customer/session', settings, 'session_id');
    if (created === undefined) {
      return;
    }
    const { answer } = await sendPatiently(origin, {
      method: 'POST',
      path: `/portal/${organisationId}/session/redeem`,
      headers: { origin: merchantOrigin },
      body: { session_token: created['session_token'], redeem_nonce: randomUUID() },
      isRepeatable: true,
    });
    if (answer?.status !== 200) {
      throw new Error(`Redeeming answered ${answer?.status} ${JSON.stringify(answer?.body)}`);
    }
    acknowledge('opened session', created['session_id'], undefined);
    portal = { authorization: `Bearer ${String(answer.body['access_token'])}`, origin: merchantOrigin };
  };

  const readProfile = async (): Promise<void> => {
    const path = `/portal/${organisationId}/profile`;
    const { answer } = await sendPatiently(origin, { method: 'GET', path, headers: portal, isRepeatable: true });
    etag = answer?.headers.get('etag') ?? '';
  };

  const editProfile = async (): Promise<void> => {
    await readProfile();
    const name = newMark();
    const known = ledger.names.get(customerId) ?? { acknowledged: '', possible: [] };
    ledger.names.set(customerId, { ...known, possible: [...known.possible, name] });
    const { answer } = await sendPatiently(origin, {
      method: 'PATCH',
      path: `/portal/${organisationId}/profile`,
      headers: { ...portal, 'if-match': etag },
      body: { customer_name: name, address: { line1: name, country_code: 'GB' } },
      isRepeatable: false,
    });
    if (answer?.status === 200) {
      ledger.acknowledged += 1;
      ledger.names.set(customerId, { acknowledged: name, possible: [] });
    } else if (answer === undefined) {
      ledger.unknown += 1;
    } else {
      throw new Error(`PATCH /profile answered ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  };

  /** Each line of the answer acknowledges one record. */
  const importInvoices = async (): Promise<void> => {
    const records = Array.from({ length: random.pick(bulkSizes) }, () => ({
      external_id: newMark(),
      customer_id: customerId,
      currency: 'EUR',
      line_items: [
        { name: 'Team plan', unit_price: '12.50' },
        { name: 'API calls', unit_price: '7.25', tax_rate: '19' },
      ],
    }));
    try {
      const response = await fetch(`${origin()}/invoices/bulk`, {
        method: 'PUT',
        headers: { ...merchant, 'content-type': 'application/x-ndjson' },
        body: records.map((record) => `${JSON.stringify(record)}\n`).join(''),
      });
      let text = '';
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const lines = `${text}${chunk}`.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) {
          const result = JSON.parse(line) as { status: string; id: string };
          if (result.status === 'created') {
            acknowledge('bulk invoice', result.id, undefined);
          }
        }
      }
    } catch {
      ledger.unknown += 1;
    }
  };

  const works = [
    createCustomer,
    createInvoice,
    createInvoice,
    pay,
    pay,
    credit,
    openSession,
    editProfile,
    editProfile,
    importInvoices,
    addEndpoint,
  ] as const;

  return {
    begin: async () => {
      const body = newCustomer();
      const created = await sendPatiently(origin, {
        method: 'POST',
        path: '/customers',
        headers: merchant,
        body,
        isRepeatable: false,
      });
      acknowledge('customer', created.answer?.body['id'], created.answer);
      customerId = String(created.answer?.body['id']);
      ledger.names.set(customerId, { acknowledged: body.customer_name, possible: [] });
      while (portal['authorization'] === undefined) {
        await openSession();
      }
    },
    work: () => random.pick(works)(),
  };
};
