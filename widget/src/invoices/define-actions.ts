import '../downloads/define-button.ts';
import '../downloads/define-menu.ts';
import { defineElement } from '../ui/define-element.ts';
import '../ui/list-view/define-tools.ts';
import { ZkInvoiceActions } from './invoice-actions.ts';

defineElement('zk-invoice-actions', ZkInvoiceActions);
