import { defineElement } from '../ui/define-element.ts';
import '../ui/panel/define.ts';
import { ZkPdfsSheet } from './pdfs-sheet.ts';

defineElement('zk-pdfs-sheet', ZkPdfsSheet);
