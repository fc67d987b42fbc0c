import { textsOf } from '../../../widget/src/i18n/catalogues.ts';
import type { Translation } from '../../../widget/src/i18n/catalogues.ts';
import type { Texts } from '../../../widget/src/i18n/localize.ts';
import { hostedMessages } from './hosted.en.ts';

/** The hosted page's texts in one language. */
export const hostedTexts = (translation: Translation<typeof hostedMessages>): Texts =>
  textsOf([hostedMessages], translation);
