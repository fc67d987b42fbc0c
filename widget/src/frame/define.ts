import { ZenskarPortalFrame } from './zenskar-portal-frame.ts';

export { ZenskarPortalFrame };

if (globalThis.customElements && !customElements.get('zenskar-portal-frame'))
  customElements.define('zenskar-portal-frame', ZenskarPortalFrame);
