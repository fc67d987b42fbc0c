/** The portal's elements as React components. Importing this does nothing, neither in a browser nor on a server. */
import type { ZenskarPortalFrame as PortalFrameElement } from '../frame/zenskar-portal-frame.ts';
import type { ZenskarEntitlements as EntitlementsElement } from '../zenskar-entitlements.ts';
import type { ZenskarInvoices as InvoicesElement } from '../zenskar-invoices.ts';
import type { ZenskarPayments as PaymentsElement } from '../zenskar-payments.ts';
import type { ZenskarPortal as PortalElement } from '../zenskar-portal.ts';
import type { ZenskarProfile as ProfileElement } from '../zenskar-profile.ts';
import type { ZenskarSummary as SummaryElement } from '../zenskar-summary.ts';
import { elementComponent } from './component.ts';
import type {
  ElementProps,
  InvoicesProps,
  PaymentsProps,
  PortalFrameProps,
  PortalProps,
  ProfileProps,
} from './props.ts';

export type * from './props.ts';

/** The whole portal. */
export const ZenskarPortal = elementComponent<PortalElement, PortalProps>('zenskar-portal');

/** The whole portal in a frame of its own origin. */
export const ZenskarPortalFrame = elementComponent<PortalFrameElement, PortalFrameProps>('zenskar-portal-frame');

/** The customer's invoices by themselves. */
export const ZenskarInvoices = elementComponent<InvoicesElement, InvoicesProps>('zenskar-invoices');

/** The customer's payments by themselves. */
export const ZenskarPayments = elementComponent<PaymentsElement, PaymentsProps>('zenskar-payments');

/** What the customer's plan includes, by itself. */
export const ZenskarEntitlements = elementComponent<EntitlementsElement, ElementProps>('zenskar-entitlements');

/** The customer's profile by itself. */
export const ZenskarProfile = elementComponent<ProfileElement, ProfileProps>('zenskar-profile');

/** The strip of amounts by itself. */
export const ZenskarSummary = elementComponent<SummaryElement, ElementProps>('zenskar-summary');
