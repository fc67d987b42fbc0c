import { createRef } from 'react';
import { ZenskarInvoices, ZenskarPortal } from 'zenskar-portal/react';
import type { ZenskarInvoices as InvoicesElement } from 'zenskar-portal';

/** What the compiler has to refuse; each line without its error fails the check of the types. */
export const refused = [
  // @ts-expect-error no address
  <ZenskarPortal key="0" />,
  // @ts-expect-error no such theme
  <ZenskarPortal key="1" apiUrl="" theme="pink" />,
  // @ts-expect-error no such section
  <ZenskarPortal key="2" apiUrl="" section="orders" />,
  // @ts-expect-error no such section in the list
  <ZenskarPortal key="3" apiUrl="" sections={['invoices', 'orders']} />,
  // @ts-expect-error another event's field
  <ZenskarPortal key="4" apiUrl="" onInvoiceOpen={({ section }) => section} />,
  // @ts-expect-error an event of the browser
  <ZenskarPortal key="5" apiUrl="" onReady={(event: MouseEvent) => event.clientX} />,
  // @ts-expect-error an event that invoices do not send
  <ZenskarInvoices key="6" apiUrl="" onProfileSaved={() => undefined} />,
  // @ts-expect-error another element's class
  <ZenskarPortal key="7" apiUrl="" ref={createRef<InvoicesElement>()} />,
  // @ts-expect-error a token's name is session_token
  <ZenskarPortal key="8" apiUrl="" fetchSession={async () => ({ token: '' })} />,
  // @ts-expect-error no such theme, on the plain tag
  <zenskar-portal key="9" theme="pink" />,
  // @ts-expect-error another event's field, on the plain tag
  <zenskar-portal key="10" onzenskar-invoice-open={({ section }) => section} />,
];

export const accepted = [
  <ZenskarPortal key="0" apiUrl="" theme={undefined} sections="payments invoices" data-area="billing" />,
  <ZenskarInvoices key="1" apiUrl="" ref={createRef<InvoicesElement>()} style={{ '--zenskar-radius': '2px' }} />,
  <zenskar-portal key="2" api-url="" hide-header="" onzenskar-invoice-open={({ invoiceId }) => invoiceId.trim()} />,
];
