/** What a spreadsheet takes for the beginning of a formula, in every width. */
const operators = '[=+\\-@＝＋－＠﹦﹢﹣﹫−]';

/** What may stand before it unseen: blanks, invisible characters (a byte order mark is one), quotation marks. */
const unseen = '[\\p{Zs}\\v\\f\\p{Cf}"\'`‘’“”]*';

/** Behind these a spreadsheet may begin another cell: in many countries it splits at semicolons, whatever is quoted. */
const separators = '[;\\t\\r\\n]';

const formula = new RegExp(`(^|${separators})(?=${unseen}${operators})`, 'gu');

const control = /^(?=[\t\r\n])/;

/** Nearly every cell, so the rest is rarely asked. */
const harmless = /^[0-9A-Za-z][^;\t\r\n]*$/;

/**
 * The text with an apostrophe wherever a spreadsheet would begin to compute, so that it stays text. A tab or a line break
 * at the beginning gets one too.
 */
export const spreadsheetText = (text: string): string =>
  harmless.test(text) ? text : text.replace(formula, "$1'").replace(control, "'");
