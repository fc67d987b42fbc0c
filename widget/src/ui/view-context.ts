import type { Localizer } from '../i18n/localize.ts';

/** What every view needs to know to draw itself. Passed down as the plain property `.ctx`; replaced, never mutated. */
export interface ViewContext {
  localizer: Localizer;
  /** BCP 47 tag for numbers and dates. */
  locale: string;
  /** IANA name of the customer's billing time zone: all dates are shown in it. */
  timeZone: string;
  /** Rows of 36 px instead of 44 px. */
  dense: boolean;
  /** Staff view: nothing may be changed. */
  readOnly: boolean;
}
