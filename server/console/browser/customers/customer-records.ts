import type { PortalApi } from '../../../../widget/src/api/portal-api.ts';
import type { ConsoleClient } from '../console-client.ts';

/** What the portal's own pages need to show one customer's records to staff. */
export type CustomerRecords = Pick<
  PortalApi,
  'listInvoices' | 'getInvoice' | 'listPayments' | 'listEntitlements' | 'getFile'
>;

export const customerRecords = (client: ConsoleClient, customerId: string): CustomerRecords => {
  const params = { customer_id: customerId };
  return {
    listInvoices: (query, signal) =>
      client.call('GET /console/api/customers/:customer_id/invoices', { params, query, signal }),
    getInvoice: (invoiceId, signal) =>
      client.call('GET /console/api/customers/:customer_id/invoices/:invoice_id', {
        params: { ...params, invoice_id: invoiceId },
        signal,
      }),
    listPayments: (query, signal) =>
      client.call('GET /console/api/customers/:customer_id/payments', { params, query, signal }),
    listEntitlements: (query, signal) =>
      client.call('GET /console/api/customers/:customer_id/entitlements', { params, query, signal }),
    getFile: (path, { params: ofFile, ...request }) =>
      client.call(`GET /console/api/customers/:customer_id/${path}`, { params: { ...params, ...ofFile }, ...request }),
  };
};
