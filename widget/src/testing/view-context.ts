import { createLocalizer } from '../i18n/localize.ts';
import type { ViewContext } from '../ui/view-context.ts';

/** A context in English and UTC, for tests and the gallery. */
export const viewContext = (part: Partial<ViewContext> = {}): ViewContext => ({
  localizer: createLocalizer(part.locale ?? 'en-GB'),
  locale: 'en-GB',
  timeZone: 'UTC',
  dense: false,
  readOnly: false,
  ...part,
});
