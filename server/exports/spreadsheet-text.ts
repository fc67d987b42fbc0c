/** What a spreadsheet takes for the beginning of a formula, in every width. */
const operators = '=+\\-@＝＋－＠﹦﹢﹣﹫−';

/** What may stand before it unseen: blanks, invisible characters (a byte order mark is one), quotation marks. */
const unseen = '[\\s\\p{Cf}"\'`‘’“”]*';

/** A cell begins with the text, and where a spreadsheet splits at semicolons, tabs or line breaks, behind each of them. */
const formula = new RegExp(`(^|[;\\t\\r\\n])(?=${unseen}[${operators}])`, 'gu');

const control = /^(?=[\t\r])/;

/**
 * The text with an apostrophe wherever a spreadsheet would begin to compute, so that it stays text. A tab or a carriage
 * return at the beginning gets one too.
 */
export const spreadsheetText = (text: string): string => text.replace(formula, "$1'").replace(control, "'");
