import { downloadStates } from './states/downloads.ts';
import { entitlementStates } from './states/entitlements.ts';
import { invoiceStates } from './states/invoices.ts';
import { partStates } from './states/parts.ts';
import { paymentStates } from './states/payments.ts';
import { portalStates } from './states/portal.ts';
import { profileStates } from './states/profile.ts';
import { sessionStates } from './states/session.ts';
import { summaryStates } from './states/summary.ts';
import type { GalleryState } from './state.ts';

/** Everything that the gallery shows, in the order of its navigation. */
export const galleryStates: readonly GalleryState[] = [
  ...portalStates,
  ...sessionStates,
  ...invoiceStates,
  ...paymentStates,
  ...entitlementStates,
  ...profileStates,
  ...summaryStates,
  ...downloadStates,
  ...partStates,
];
