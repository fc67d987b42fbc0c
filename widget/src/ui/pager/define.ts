import { defineElement } from '../define-element.ts';
import { ZkPager } from './pager.ts';

defineElement('zk-pager', ZkPager);
