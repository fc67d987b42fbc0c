export const customersIcon =
  'M6 7.75a2.75 2.75 0 1 0 0-5.5a2.75 2.75 0 1 0 0 5.5M1.25 13.75a4.75 4.75 0 0 1 9.5 0M10.75 2.6a2.75 2.75 0 0 1 0 4.8M12.5 9.9a4.75 4.75 0 0 1 2.25 3.85';
export const brushIcon =
  'M13.75 2.25c-3 .9-5.9 3.2-7.6 6l1.6 1.6c2.8-1.7 5.1-4.6 6-7.6M5.4 9.1c-1.4 0-2.4 1-2.4 2.4c0 .9-.6 1.6-1.25 1.9c.8.4 1.7.6 2.6.6c1.7 0 3-1.3 3-2.9';
export const codeIcon = 'M5 4.5L1.5 8 5 11.5M11 4.5L14.5 8 11 11.5M9.25 2.75l-2.5 10.5';
export const keyIcon = 'M5.25 7.25a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M7.75 8.25L14 2M11.25 4.75l2 2';
export const activityIcon = 'M1.5 8.5h3l2-5.5 3 10.5 2-5h3';
export const kebabIcon =
  'M8 2.75a.4.4 0 1 0 0 .8a.4.4 0 1 0 0-.8M8 7.6a.4.4 0 1 0 0 .8a.4.4 0 1 0 0-.8M8 12.45a.4.4 0 1 0 0 .8a.4.4 0 1 0 0-.8';
export const menuIcon = 'M2 4.25h12M2 8h12M2 11.75h12';
export const copyIcon = 'M5.75 5.75h8v8h-8zM10.25 5.5v-3.25h-8v8h3.25';
