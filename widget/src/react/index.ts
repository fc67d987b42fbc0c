import type { ZenskarPortal as PortalElement } from '../zenskar-portal.ts';
import { elementComponent } from './component.ts';
import type { PortalProps } from './props.ts';

export type * from './props.ts';

const load = (): Promise<unknown> => import('../define.ts');

const shared = ['apiUrl', 'sessionToken', 'fetchSession', 'locale', 'theme', 'density', 'messages'];
const sessionEvents = ['zenskar-ready', 'zenskar-error', 'zenskar-session-expired', 'zenskar-sign-out'];

/** `<zenskar-portal>`: the whole portal. */
export const ZenskarPortal = elementComponent<PortalElement, PortalProps>('ZenskarPortal', {
  tag: 'zenskar-portal',
  properties: [...shared, 'sections', 'section', 'hideHeader', 'view'],
  events: [
    ...sessionEvents,
    'zenskar-section-change',
    'zenskar-invoice-open',
    'zenskar-invoice-download',
    'zenskar-profile-saved',
    'zenskar-view-change',
  ],
  load,
});
