import { defineElement } from '../ui/define-element.ts';
import '../ui/filter-bar/define.ts';
import { ZkInvoicesPage } from './invoices-page.ts';

defineElement('zk-invoices-page', ZkInvoicesPage);
