import '../../downloads/define-button.ts';
import { defineElement } from '../../ui/define-element.ts';
import '../../ui/panel/define.ts';
import { ZkInvoiceDetail } from './invoice-detail.ts';

defineElement('zk-invoice-detail', ZkInvoiceDetail);
