/** For `exportparts`: what the page may style of an element inside the portal. Documented on the public elements. */
export const innerParts =
  'banner,button,dialog,empty,error,filter-bar,input,meter,pager,popover,primary-button,row,status,summary-item,table';
