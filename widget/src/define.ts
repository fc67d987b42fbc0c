import './invoices/define.ts';
import './summary/define.ts';
import { ZenskarEntitlements } from './zenskar-entitlements.ts';
import { ZenskarInvoices } from './zenskar-invoices.ts';
import { ZenskarPayments } from './zenskar-payments.ts';
import { ZenskarPortal } from './zenskar-portal.ts';
import { ZenskarProfile } from './zenskar-profile.ts';
import { ZenskarSummary } from './zenskar-summary.ts';

const elements = {
  'zenskar-portal': ZenskarPortal,
  'zenskar-invoices': ZenskarInvoices,
  'zenskar-payments': ZenskarPayments,
  'zenskar-entitlements': ZenskarEntitlements,
  'zenskar-profile': ZenskarProfile,
  'zenskar-summary': ZenskarSummary,
};

for (const [name, element] of Object.entries(elements)) {
  const taken = customElements.get(name);
  // Where the name is somebody else's, the browser's own error says so.
  if (!taken || !('signOut' in taken.prototype)) customElements.define(name, element);
}
