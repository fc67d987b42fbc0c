interface Exact {
  digits: bigint;
  scale: number;
}

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

const plain = /^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/;

const exactOf = (text: string): Exact => {
  const match = decimal.exec(text);
  if (match === null) {
    throw new RangeError(`Not a decimal number: ${text}`);
  }
  const [, sign = '', whole = '', fraction = ''] = match;
  return { digits: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
};

const textOf = ({ digits, scale }: Exact): string => {
  const sign = digits < 0n ? '-' : '';
  const padded = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const fraction = padded.slice(padded.length - scale).replace(/0+$/, '');
  const whole = padded.slice(0, padded.length - scale);
  return scale === 0 || fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
};

/** Half away from zero, as invoices are rounded by hand. */
const divideRounded = (dividend: bigint, divisor: bigint): bigint => {
  const magnitude = ((dividend < 0n ? -dividend : dividend) * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -magnitude : magnitude;
};

const rescale = ({ digits, scale }: Exact, wanted: number): bigint =>
  wanted >= scale ? digits * 10n ** BigInt(wanted - scale) : divideRounded(digits, 10n ** BigInt(scale - wanted));

const decimalsOf = new Map(
  Intl.supportedValuesOf('currency').map((currency) => [
    currency,
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits,
  ]),
);

/** How many decimals the currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export const currencyDecimals = (currency: string): number => decimalsOf.get(currency) ?? 2;

/** Whether the code is one of ISO 4217's. */
export const isCurrency = (code: string): boolean => decimalsOf.has(code);

/** The decimal number without zeros that say nothing: `12.5` of `012.50`. */
export const plainDecimal = (text: string): string => (plain.test(text) ? text : textOf(exactOf(text)));

/** The exact product of two decimal numbers. */
export const multiplyDecimals = (left: string, right: string): string => {
  const a = exactOf(left);
  const b = exactOf(right);
  return textOf({ digits: a.digits * b.digits, scale: a.scale + b.scale });
};

/** The decimal number rounded to so many decimals. */
export const roundDecimal = (text: string, decimals: number): string =>
  textOf({ digits: rescale(exactOf(text), decimals), scale: decimals });

/** An amount in major units as minor units of a currency with so many decimals; parts of a minor unit are rounded. */
export const toMinor = (text: string, decimals: number): number => Number(rescale(exactOf(text), decimals));

/** Whether the amount needs no more decimals than the currency has. */
export const fitsDecimals = (text: string, decimals: number): boolean =>
  textOf(exactOf(text)) === roundDecimal(text, decimals);

/** A percentage of an amount in minor units, rounded. */
export const percentOf = (amountMinor: number, percent: string): number => {
  const rate = exactOf(percent);
  return Number(divideRounded(BigInt(amountMinor) * rate.digits, 100n * 10n ** BigInt(rate.scale)));
};

/** A sum of amounts as an answer can say it: JSON's readers know whole numbers up to this one, and no sum goes beyond it. */
export const answeredSum = (sumMinor: number): number => Math.min(sumMinor, Number.MAX_SAFE_INTEGER);

/** An amount in minor units as exact decimal text in major units, with all decimals of its currency: `-12.50`. */
export const toMajor = (amountMinor: number, currency: string): string => {
  const decimals = currencyDecimals(currency);
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, '0');
  const sign = amountMinor < 0 ? '-' : '';
  const whole = digits.length - decimals;
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, whole)}.${digits.slice(whole)}`;
};
