import { defineElement } from '../ui/define-element.ts';
import '../ui/menu/define.ts';
import { ZkExportMenu } from './export-menu.ts';

defineElement('zk-export-menu', ZkExportMenu);
