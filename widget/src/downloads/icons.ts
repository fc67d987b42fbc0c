export const downloadIcon = 'M8 2v8.5M4.5 7L8 10.5 11.5 7M2.75 13.25h10.5';
export const spinnerIcon = 'M8 1.75a6.25 6.25 0 1 1-6.25 6.25';
