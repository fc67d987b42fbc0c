import '../downloads/define-menu.ts';
import { defineElement } from '../ui/define-element.ts';
import { ZkEntitlementsPage } from './entitlements-page.ts';

defineElement('zk-entitlements-page', ZkEntitlementsPage);
