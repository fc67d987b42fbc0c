import { defineElement } from '../ui/define-element.ts';
import '../ui/panel/define.ts';
import { ZkStatementSheet } from './statement-sheet.ts';

defineElement('zk-statement-sheet', ZkStatementSheet);
