import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import { portalView } from '../customers/customer-view.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { getBooksView, getStaffView } from '../customers/customers.service.ts';
import type { Dependencies } from '../dependencies.ts';
import { Download } from '../http/route.ts';
import type { Bind } from '../http/route.ts';
import { getMerchantInvoice } from '../invoices/merchant-invoices.service.ts';
import { getMerchantPayment } from '../payments/merchant-payments.service.ts';
import type { PortalAuthenticator } from '../sessions/portal-caller.ts';
import type { StaffAuthenticator, StaffCaller } from '../staff/staff-auth.ts';
import { invoicePdf, receiptPdf } from './documents.service.ts';
import type { DocumentFile } from './documents.service.ts';

const download = ({ fileName, content }: DocumentFile): Download => new Download('application/pdf', fileName, content);

/** Invoices and receipts to save, for the customer, the merchant's staff and the merchant's backend. */
export const bindDocumentRoutes = (
  bind: Bind,
  dependencies: Dependencies,
  { merchant, portal, staff }: { merchant: MerchantBinder; portal: PortalAuthenticator; staff: StaffAuthenticator },
): void => {
  const { db } = dependencies;
  const staffView = ({ scope }: StaffCaller, params: { customer_id: string }): Promise<CustomerView> =>
    getStaffView(db, { ...scope, customerId: params.customer_id });

  bind('GET /portal/:organisation_id/invoices/:invoice_id/pdf', portal('invoices'), async ({ params, caller }) =>
    download(await invoicePdf(dependencies, portalView(caller), params.invoice_id)),
  );

  bind('GET /portal/:organisation_id/payments/:payment_id/receipt', portal('payments'), async ({ params, caller }) =>
    download(await receiptPdf(dependencies, portalView(caller), params.payment_id)),
  );

  bind('GET /console/api/customers/:customer_id/invoices/:invoice_id/pdf', staff(), async ({ params, caller }) =>
    download(await invoicePdf(dependencies, await staffView(caller, params), params.invoice_id)),
  );

  bind('GET /console/api/customers/:customer_id/payments/:payment_id/receipt', staff(), async ({ params, caller }) =>
    download(await receiptPdf(dependencies, await staffView(caller, params), params.payment_id)),
  );

  merchant.read('GET /invoices/:invoice_id/download_invoice', async ({ params, caller: { scope } }) => {
    const { customer_id: customerId } = await getMerchantInvoice(db, scope, { id: params.invoice_id }, false);
    const view = await getBooksView(db, { ...scope, customerId });
    return download(await invoicePdf(dependencies, view, params.invoice_id));
  });

  merchant.read('GET /payments/:payment_id/download_receipt', async ({ params, caller: { scope } }) => {
    const { customer_id: customerId } = await getMerchantPayment(db, scope, params.payment_id);
    const view = await getBooksView(db, { ...scope, customerId });
    return download(await receiptPdf(dependencies, view, params.payment_id));
  });
};
