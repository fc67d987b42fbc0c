import { defineElement } from '../ui/define-element.ts';
import { ZkSummary } from './summary.ts';

defineElement('zk-summary', ZkSummary);
