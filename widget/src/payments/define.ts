import '../downloads/define-button.ts';
import '../downloads/define-menu.ts';
import '../ui/skeleton/define.ts';
import { defineElement } from '../ui/define-element.ts';
import '../ui/list-view/define-tools.ts';
import { ZkPaymentsPage } from './payments-page.ts';

defineElement('zk-payments-page', ZkPaymentsPage);
