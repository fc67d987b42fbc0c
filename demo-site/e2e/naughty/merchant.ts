import { once } from 'node:events';
import { expect } from '@playwright/test';
import { createDemoSite } from '../../app.ts';
import { portal } from '../command-line.ts';
import { demo, sparePort } from '../demo.ts';
import { naughtyStrings, ofAtMost, scripts } from './strings.ts';

/** A merchant beside the demo's, with a website of its own, whose every text is a naughty string. */
export interface NaughtyMerchant {
  name: string;
  siteUrl: string;
  staff: { email: string; password: string };
  /** Has an invoice, a payment and an entitlement of each string, and one invoice with a line of each. */
  customer: { id: string; name: string };
  profile: { line1: string; line2: string; city: string; state: string; tax_id: string };
  createLink(customerId: string): Promise<string>;
  close(): Promise<void>;
}

const script = (index: number): string => scripts[index] ?? '';

/** The text may be too long for a field; then it stays out of it. */
const upTo = (longest: number, text: string): string | null => (text.length <= longest ? text : null);

export const startNaughtyMerchant = async (): Promise<NaughtyMerchant> => {
  const siteUrl = `http://localhost:${sparePort}`;
  const name = script(0);
  const logo = `${siteUrl}/northwind-logo.svg?${script(1)}`;
  const made = await portal('organisation', 'create', '--name', name, '--origin', siteUrl, '--logo-url', logo);
  const organisation = String(made['id']);
  const { key } = await portal('key', 'create', '--organisation', organisation, '--name', script(2));
  const email = 'naughty@example.com';
  const staff = await portal('staff', 'create', '--organisation', organisation, '--email', email, '--name', script(3));

  const { api_url: apiUrl } = demo();
  const headers = { organisation, 'x-api-key': String(key) };
  const call = async (method: string, path: string, type: string, body: string): Promise<string> => {
    const response = await fetch(`${apiUrl}${path}`, { method, headers: { ...headers, 'content-type': type }, body });
    const text = await response.text();
    expect(response.status, text).toBe(200);
    return text;
  };
  const bulk = async (path: string, records: unknown[]): Promise<string[]> => {
    const lines = records.map((record) => JSON.stringify(record)).join('\n');
    const text = await call('PUT', `${path}/bulk`, 'application/x-ndjson', lines);
    return text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { status, id } = JSON.parse(line) as { status: string; id: string };
        expect(status, line).toBe('created');
        return id;
      });
  };

  const profile = {
    line1: script(4),
    line2: script(5),
    city: script(6),
    state: script(7),
    tax_id: upTo(64, script(8)) ?? '<b>',
  };
  const { tax_id: taxId, ...address } = profile;
  const ids = await bulk(
    '/customers',
    naughtyStrings.map((text, index) => ({
      external_id: `${index} ${upTo(200, text) ?? ''}`,
      customer_name: text,
      address,
      tax_info: [{ country_code: 'DE', tax_code: 'eu_vat', tax_id: taxId }],
      custom_data: { text },
    })),
  );
  const all = naughtyStrings.map((text, index) => ({ id: ids[index] ?? '', name: text, note: text }));
  const customer = all.find((one) => one.name === script(9)) ?? { id: '', name: '', note: '' };
  const owed = { customer_id: customer.id, currency: 'USD' };
  await bulk('/invoices', [
    ...ofAtMost(64).map((text, index) => ({
      ...owed,
      external_id: `invoice ${index}`,
      invoice_number: text,
      created_at: '2026-01-05',
      notes: text,
      line_items: [{ name: text, unit_price: 1 }],
    })),
    {
      ...owed,
      external_id: 'invoice of all',
      invoice_number: 'INV-ALL',
      notes: naughtyStrings.join('\n').slice(0, 4000),
      line_items: naughtyStrings.map((text) => ({
        name: text,
        description: text,
        unit: upTo(64, text),
        unit_price: 1,
      })),
    },
  ]);
  await bulk(
    '/payments',
    naughtyStrings.map((text, index) => ({
      external_id: `payment ${index}`,
      customer_id: customer.id,
      amount: 100,
      currency_code: 'USD',
      status: 'failed',
      receipt_number: text,
      failure_message: text,
      payment_method: 'card',
      payment_method_details: { brand: upTo(100, text) },
    })),
  );
  await bulk('/entitlements', [
    ...naughtyStrings.map((text, index) => ({
      external_id: `kind ${index}`,
      name: text,
      description: text,
      units: upTo(64, text),
      entitlement_type: 'Quantity',
    })),
    ...naughtyStrings.map((_, index) => ({
      external_id: `grant ${index}`,
      customer_id: customer.id,
      entitlement_external_id: `kind ${index}`,
      quantity: 10,
    })),
  ]);

  const others = all.filter((one) => one !== customer);
  const settings = { apiUrl, siteUrl, organisationId: organisation, apiKey: String(key) };
  const site = createDemoSite({ ...settings, customers: [customer, ...others] }, () => undefined);
  const server = site.listen(sparePort, '127.0.0.1');
  await once(server, 'listening');
  return {
    name,
    siteUrl,
    staff: { email, password: String(staff['password']) },
    customer,
    profile,
    createLink: async (customerId) => {
      const body = JSON.stringify({
        customer_id: customerId,
        return_url: `${siteUrl}/account`,
        session_key: script(10),
      });
      const text = await call('POST', '/customer/session', 'application/json', body);
      return (JSON.parse(text) as { redirect_url: string }).redirect_url;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
