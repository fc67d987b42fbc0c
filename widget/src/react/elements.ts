/** An element as its component has to know it: what is set and what is heard by name. */
interface ElementFacts {
  readonly properties: readonly string[];
  readonly events: readonly string[];
  /** Brings the element's code and registers it. */
  readonly load: () => Promise<unknown>;
}

const load = (): Promise<unknown> => Promise.all([import('../define-all.ts'), import('../define-sections.ts')]);
const loadFrame = (): Promise<unknown> => import('../frame/define.ts');

const shared = ['apiUrl', 'sessionToken', 'fetchSession', 'locale', 'theme', 'density', 'messages', 'view'];
const portal = [...shared, 'sections', 'section', 'invoiceId', 'hideHeader'];

const sharedEvents = [
  'zenskar-ready',
  'zenskar-error',
  'zenskar-session-expired',
  'zenskar-sign-out',
  'zenskar-view-change',
];
const invoiceEvents = ['zenskar-invoice-open', 'zenskar-invoice-download'];
const portalEvents = [...sharedEvents, ...invoiceEvents, 'zenskar-section-change', 'zenskar-profile-saved'];

export const elements = {
  'zenskar-portal': { properties: portal, events: portalEvents, load },
  'zenskar-portal-frame': { properties: [...portal, 'label'], events: portalEvents, load: loadFrame },
  'zenskar-invoices': { properties: [...shared, 'invoiceId'], events: [...sharedEvents, ...invoiceEvents], load },
  'zenskar-payments': { properties: shared, events: [...sharedEvents, ...invoiceEvents], load },
  'zenskar-entitlements': { properties: shared, events: sharedEvents, load },
  'zenskar-profile': { properties: shared, events: [...sharedEvents, 'zenskar-profile-saved'], load },
  'zenskar-summary': { properties: shared, events: sharedEvents, load },
} satisfies Record<string, ElementFacts>;
