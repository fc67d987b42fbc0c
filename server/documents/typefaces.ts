import { Typeface } from './typeface.ts';

export type Weight = 'Regular' | 'Bold';

/** Drawn for what no typeface has. */
export const replacement = '\ufffd';

const scripts = [
  ['NotoSansArabic', /\p{Script=Arabic}/u],
  ['NotoSansHebrew', /\p{Script=Hebrew}/u],
  ['NotoSansThai', /\p{Script=Thai}/u],
  ['NotoSansKR', /\p{Script=Hangul}/u],
] as const;

const ideographicFiles = ['NotoSansJP', 'NotoSansSC', 'NotoSansKR'] as const;

const joinsPrevious = /[\p{M}\u200c\u200d]/u;
const ideograph = /\p{Script=Han}/u;
const isPlainText = /^[\u0020-\u007e\u00a0-\u024f\u2013\u2014\u2018-\u201d\u2022\u2026\u20ac]*$/;

/** The typefaces of one weight, and which of them draws a character. */
class Family {
  readonly base: Typeface;
  private readonly byScript: readonly (readonly [Typeface, RegExp])[];
  private readonly ideographic: readonly Typeface[];
  private readonly known = new Map<string, Typeface | undefined>();

  constructor(weight: Weight) {
    this.base = new Typeface(`NotoSans-${weight}`);
    this.byScript = scripts.map(([file, script]) => [new Typeface(`${file}-${weight}`), script]);
    const korean = this.byScript.find(([{ name }]) => name.startsWith('NotoSansKR'))?.[0];
    this.ideographic = ideographicFiles.flatMap((file) =>
      file === 'NotoSansKR' ? (korean ?? []) : new Typeface(`${file}-${weight}`),
    );
  }

  /** The typeface of each character; undefined where none has it. */
  typefacesOf(text: string): (Typeface | undefined)[] {
    if (isPlainText.test(text)) {
      return Array.from(text, () => this.base);
    }
    const ideographs = [...text].filter((character) => ideograph.test(character));
    const forAll = this.ideographic.find((typeface) =>
      ideographs.every((character) => typeface.has(character.codePointAt(0) ?? 0)),
    );
    let previous: Typeface | undefined;
    return Array.from(text, (character) => {
      const joins = joinsPrevious.test(character) && (previous?.has(character.codePointAt(0) ?? 0) ?? true);
      if (!joins) {
        previous = forAll !== undefined && ideograph.test(character) ? forAll : this.find(character);
      }
      return previous;
    });
  }

  private find(character: string): Typeface | undefined {
    if (!this.known.has(character)) {
      const candidates = [
        ...this.byScript.filter(([, script]) => script.test(character)).map(([typeface]) => typeface),
        this.base,
        ...this.ideographic,
      ];
      this.known.set(
        character,
        candidates.find((typeface) => typeface.has(character.codePointAt(0) ?? 0)),
      );
    }
    return this.known.get(character);
  }
}

export const families: Readonly<Record<Weight, Family>> = { Regular: new Family('Regular'), Bold: new Family('Bold') };
