/** An element as its component has to know it: what is set and what is heard by name. */
interface ElementFacts {
  readonly properties: readonly string[];
  readonly events: readonly string[];
  /** Brings the element's code and registers it. */
  readonly load: () => Promise<unknown>;
}

const load = (): Promise<unknown> => import('../define.ts');
const loadFrame = (): Promise<unknown> => import('../frame/define.ts');

const shared = ['apiUrl', 'sessionToken', 'fetchSession', 'locale', 'theme', 'density', 'messages'];
const portal = [...shared, 'sections', 'section', 'invoiceId', 'hideHeader', 'view'];

const sessionEvents = ['zenskar-ready', 'zenskar-error', 'zenskar-session-expired', 'zenskar-sign-out'];
const invoiceEvents = ['zenskar-invoice-open', 'zenskar-invoice-download'];
const portalEvents = [
  ...sessionEvents,
  ...invoiceEvents,
  'zenskar-section-change',
  'zenskar-profile-saved',
  'zenskar-view-change',
];

export const elements = {
  'zenskar-portal': { properties: portal, events: portalEvents, load },
  'zenskar-portal-frame': { properties: [...portal, 'label'], events: portalEvents, load: loadFrame },
  'zenskar-invoices': { properties: [...shared, 'invoiceId'], events: [...sessionEvents, ...invoiceEvents], load },
  'zenskar-payments': { properties: shared, events: [...sessionEvents, 'zenskar-invoice-open'], load },
  'zenskar-entitlements': { properties: shared, events: sessionEvents, load },
  'zenskar-profile': { properties: shared, events: [...sessionEvents, 'zenskar-profile-saved'], load },
  'zenskar-summary': { properties: shared, events: sessionEvents, load },
} satisfies Record<string, ElementFacts>;
