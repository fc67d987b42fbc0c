import { defineElement } from '../ui/define-element.ts';
import { ZkInvoicesPage } from './invoices-page.ts';

defineElement('zk-invoices-page', ZkInvoicesPage);
