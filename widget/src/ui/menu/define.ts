import { defineElement } from '../define-element.ts';
import { ZkMenu } from './menu.ts';

defineElement('zk-menu', ZkMenu);
