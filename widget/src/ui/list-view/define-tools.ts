import '../filter-bar/define.ts';
import '../pager/define.ts';
