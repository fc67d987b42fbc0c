import { ZkSortSelect } from '../data-table/sort-select.ts';
import { defineElement } from '../define-element.ts';
import '../filter-bar/define.ts';
import { ZkPager } from '../pager/pager.ts';
import { ZkListNews } from './list-news.ts';

defineElement('zk-pager', ZkPager);
defineElement('zk-list-news', ZkListNews);
defineElement('zk-sort-select', ZkSortSelect);
