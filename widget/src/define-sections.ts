import { definePublic } from './define-public.ts';
import { ZenskarEntitlements } from './zenskar-entitlements.ts';
import { ZenskarInvoices } from './zenskar-invoices.ts';
import { ZenskarPayments } from './zenskar-payments.ts';
import { ZenskarProfile } from './zenskar-profile.ts';
import { ZenskarSummary } from './zenskar-summary.ts';

definePublic('zenskar-invoices', ZenskarInvoices);
definePublic('zenskar-payments', ZenskarPayments);
definePublic('zenskar-entitlements', ZenskarEntitlements);
definePublic('zenskar-profile', ZenskarProfile);
definePublic('zenskar-summary', ZenskarSummary);
