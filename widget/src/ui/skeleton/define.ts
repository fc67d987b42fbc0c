import { defineElement } from '../define-element.ts';
import { ZkOutline } from './outline.ts';

defineElement('zk-outline', ZkOutline);
