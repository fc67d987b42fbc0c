/** A cell that cannot be what its column should hold. The message is the reason in the report. */
export class CellError extends Error {}

const patterns = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
} as const;

const partsOf = (format: string): string[] => format.match(/yyyy|MM?|dd?|[^A-Za-z]+|[A-Za-z]+/g) ?? [];
const isToken = (part: string): part is keyof typeof patterns => part in patterns;
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** Why a date format cannot be used; undefined when it can. */
export const dateFormatProblem = (format: string): string | undefined => {
  const parts = partsOf(format);
  const stranger = parts.find((part) => !isToken(part) && /[A-Za-z]/.test(part));
  if (stranger !== undefined) {
    return `${format} has the unknown part ${stranger}: use yyyy, MM or M, dd or d`;
  }
  const letters = parts
    .filter(isToken)
    .map((part) => part.charAt(0))
    .sort()
    .join('');
  return letters === 'Mdy' ? undefined : `${format} must name year, month and day once each, such as M/d/yyyy`;
};

/** Reads days written in one format; answers `YYYY-MM-DD`. @throws CellError */
export const dayReader = (format: string): ((text: string) => string) => {
  const source = partsOf(format).map((part) => (isToken(part) ? patterns[part] : literal(part)));
  const pattern = new RegExp(`^${source.join('')}$`);
  return (text) => {
    const { year = '', month = '', day = '' } = pattern.exec(text)?.groups ?? {};
    const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const date = new Date(`${iso}T00:00:00Z`);
    if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso || year === '0000') {
      throw new CellError(`${JSON.stringify(text)} is not a date of the form ${format}`);
    }
    return iso;
  };
};

/** Reads numbers written in one format; answers plain decimal text. @throws CellError */
export const numberReader = (format: { decimal: string; thousands: string }): ((text: string) => string) => {
  const whole = format.thousands === '' ? '\\d+' : `(?:\\d{1,3}(?:${literal(format.thousands)}\\d{3})+|\\d+)`;
  const pattern = new RegExp(`^-?${whole}(?:${literal(format.decimal)}\\d+)?$`);
  return (text) => {
    if (!pattern.test(text)) {
      throw new CellError(`${JSON.stringify(text)} is not a number`);
    }
    const plain = format.thousands === '' ? text : text.replaceAll(format.thousands, '');
    return plain.replace(format.decimal, '.');
  };
};

/** Reads yes and no in the file's own words, in any case. @throws CellError */
export const booleanReader = (trueWords: readonly string[], falseWords: readonly string[]) => {
  const meanings = new Map([
    ...trueWords.map((word) => [word.toLowerCase(), true] as const),
    ...falseWords.map((word) => [word.toLowerCase(), false] as const),
  ]);
  return (text: string): boolean => {
    const meaning = meanings.get(text.toLowerCase());
    if (meaning === undefined) {
      throw new CellError(`${JSON.stringify(text)} is none of ${[...trueWords, ...falseWords].join(', ')}`);
    }
    return meaning;
  };
};
