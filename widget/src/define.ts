import { definePublic } from './define-public.ts';
import './invoices/define.ts';
import './summary/define.ts';
import { ZenskarPortal } from './zenskar-portal.ts';

definePublic('zenskar-portal', ZenskarPortal);
/** A page with the whole portal does not wait for the elements of its parts. */
const defineSections = (): unknown =>
  import('./define-sections.ts').catch(() => addEventListener('online', defineSections, { once: true }));
defineSections();
