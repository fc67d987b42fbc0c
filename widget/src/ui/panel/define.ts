import { defineElement } from '../define-element.ts';
import { ZkPanel } from './panel.ts';

defineElement('zk-panel', ZkPanel);
