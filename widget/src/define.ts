import './invoices/define.ts';
import './summary/define.ts';
import { defineElement } from './ui/define-element.ts';
import { ZenskarPortal } from './zenskar-portal.ts';

defineElement('zenskar-portal', ZenskarPortal);
