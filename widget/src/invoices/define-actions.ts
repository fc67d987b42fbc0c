import '../downloads/define-button.ts';
import '../downloads/define-menu.ts';
import { defineElement } from '../ui/define-element.ts';
import '../ui/filter-bar/define.ts';
import { ZkInvoiceActions } from './invoice-actions.ts';

defineElement('zk-invoice-actions', ZkInvoiceActions);
