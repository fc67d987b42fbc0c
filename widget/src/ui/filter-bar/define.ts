import { defineElement } from '../define-element.ts';
import { ZkFilterBar } from './filter-bar.ts';

defineElement('zk-filter-bar', ZkFilterBar);
