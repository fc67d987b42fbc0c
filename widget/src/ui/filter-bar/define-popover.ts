import { defineElement } from '../define-element.ts';
import { ZkFilterPopover } from './filter-popover.ts';

defineElement('zk-filter-popover', ZkFilterPopover);
