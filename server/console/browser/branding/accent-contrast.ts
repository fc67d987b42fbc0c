/** WCAG's relative luminance of a colour such as `#0f766e` or `#0f7`. */
function luminance(color: string): number {
  const digits = color.length === 4 ? color.replace(/[^#]/g, '$&$&') : color;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(digits.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 to 21. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const readable = 4.5;
const lightSurface = '#ffffff';
const darkSurface = '#1a1b1f';

/** What the portal makes of an accent, as its theme computes it in CSS. */
export interface AccentFacts {
  /** The colour of text on a button. */
  textOn: 'white' | 'black';
  ratio: number;
  /** It cannot be read as text there, and is dimmed or lit. */
  isDarkenedOnLight: boolean;
  isLightenedOnDark: boolean;
}

export function accentFacts(accent: string): AccentFacts {
  const white = contrast(accent, '#ffffff');
  const black = contrast(accent, '#000000');
  return {
    textOn: white >= black ? 'white' : 'black',
    ratio: Math.max(white, black),
    isDarkenedOnLight: contrast(accent, lightSurface) < readable,
    isLightenedOnDark: contrast(accent, darkSurface) < readable,
  };
}
