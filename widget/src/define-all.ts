/** Registers every element at once, for apps that import the package: their templates set properties from the start. */
import { definePublic } from './define-public.ts';
import './define-sections.ts';
import './invoices/define.ts';
import './summary/define.ts';
import { ZenskarPortal } from './zenskar-portal.ts';

definePublic('zenskar-portal', ZenskarPortal);
