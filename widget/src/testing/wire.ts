import type { ErrorBody } from '#contract/errors.ts';
import type { Profile } from '#contract/profile.ts';
import type { AccessGrant, OpenedSession, PortalSession } from '#contract/sessions.ts';
import type { RecordedCall, Script, ScriptedAnswer } from '../../wire-middleware.ts';

export const organisationId = 'a1000000-0000-4000-8000-000000000001';
export const customerId = 'b1000000-0000-4000-8000-000000000001';
/** Its secret has an underscore in it, as a third of all real ones do. */
export const sessionToken = `${organisationId}_${customerId}_${'se_cret'.padEnd(43, '-')}`;

export const portalSession = (part: Partial<PortalSession> = {}): PortalSession => ({
  id: 'd1000000-0000-4000-8000-000000000001',
  sections: ['invoices', 'payments', 'entitlements', 'profile'],
  read_only: false,
  staff_view: null,
  return_url: 'https://shop.example/account',
  locale: null,
  time_zone: 'UTC',
  organisation: {
    id: organisationId,
    name: 'Northwind Cloud',
    branding: { logo_url: null, accent: '#0a7d5a', radius: null, font_family: null, theme: null },
  },
  customer: { id: customerId, name: 'Meridian Logistics' },
  ...part,
});

export const grant = (part: Partial<AccessGrant> = {}): AccessGrant => ({
  access_token: 'token-1',
  expires_in: 300,
  session_expires_in: 3600,
  ...part,
});

export const opened = (part: Partial<OpenedSession> = {}): OpenedSession => ({
  ...grant(),
  session: portalSession(),
  preload: null,
  ...part,
});

export const refused = (status: number, part: Partial<ErrorBody>): ScriptedAnswer => ({
  status,
  body: { code: 'internal_error', message: 'No', request_id: 'req_1', retryable: false, ...part },
});

export const profile: Profile = {
  id: customerId,
  customer_name: 'Meridian Logistics',
  email: 'accounts@meridian.example',
  phone_number: null,
  address: {
    line1: '1 Harbour Road',
    line2: null,
    line3: null,
    city: 'London',
    state: null,
    zipCode: 'E1 6AN',
    country: 'United Kingdom',
    country_code: 'GB',
  },
  ship_to_address: null,
  tax_info: [],
  updated_at: '2026-11-23T12:00:00.000Z',
};

const noRows = { results: [], next: null, previous: null, total_count: 0 };

const usual: Script = {
  'POST session/redeem': [{ body: opened() }],
  'POST session/renew': [{ body: grant({ access_token: 'token-2' }) }],
  'POST session/end': [{ body: { session_id: portalSession().id, ended: true } }],
  'GET summary': [{ body: { currencies: [] } }],
  'GET invoices': [{ body: noRows }],
  'GET payments': [{ body: noRows }],
  'GET entitlements': [{ body: noRows }],
  'GET profile': [{ body: profile, etag: '"1"' }],
  'PATCH profile': [{ body: { ...profile, customer_name: 'Meridian Group' }, etag: '"2"' }],
};

/** A portal that answers over HTTP what a test has scripted, and the usual to everything else. */
export interface Wire {
  apiUrl: string;
  calls(key?: string): Promise<RecordedCall[]>;
}

export async function startWire(script: Script = {}): Promise<Wire> {
  const apiUrl = new URL(`/wire/${crypto.randomUUID()}`, location.href).href;
  await fetch(apiUrl, { method: 'PUT', body: JSON.stringify({ ...usual, ...script }) });
  return {
    apiUrl,
    calls: async (key) => {
      const all = (await (await fetch(apiUrl)).json()) as RecordedCall[];
      return key === undefined ? all : all.filter((call) => call.key === key);
    },
  };
}
