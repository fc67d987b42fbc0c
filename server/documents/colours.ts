export const ink = '#1a1f2b';
export const muted = '#5b6472';
export const hairline = '#dde1e7';

const channels = (colour: string): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));

const hex = (values: number[]): string =>
  `#${values.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) =>
    value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** Contrast ratio as WCAG defines it, from 1 to 21. */
export const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

const defaultAccent = '#3b4aa8';
const readableContrast = 4.5;

/** The merchant's colour (CSS hex), darkened until text in it can be read on white paper. */
export const readableAccent = (accent: string | null): string => {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(accent ?? '');
  const full =
    short === null
      ? (accent ?? '')
      : `#${short
          .slice(1)
          .map((digit) => digit + digit)
          .join('')}`;
  let colour = /^#[0-9a-f]{6}$/i.test(full) ? full.toLowerCase() : defaultAccent;
  while (contrast(colour, '#ffffff') < readableContrast) {
    colour = hex(channels(colour).map((value) => value * 0.93));
  }
  return colour;
};
