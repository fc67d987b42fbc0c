import { ZenskarErrorEvent } from '../events.ts';
import { readMessages } from '../i18n/read-messages.ts';
import type { Catalogue } from '../i18n/localize.ts';
import { readLocale } from './attributes.ts';
import { allSections, isSection } from './view-state.ts';

/** What a merchant's page can get wrong. An element has those properties that its kind has. */
interface PageWishes extends HTMLElement {
  theme: string | null;
  density: string | null;
  locale: string | null;
  section?: string | null;
  sections?: string | null;
  messages: Catalogue | null;
}

const told = new WeakMap<HTMLElement, Set<string>>();

/** True the first time that this is said of the element. */
function isNews(element: HTMLElement, message: string): boolean {
  const said = told.get(element) ?? new Set();
  told.set(element, said);
  return said.size < said.add(message).size;
}

function warn(element: HTMLElement, attribute: string, value: string, expected: readonly string[]): void {
  const message = `<${element.localName} ${attribute}>: "${value}" is not understood; expected one of: ${expected.join(', ')}`;
  if (isNews(element, message)) console.warn(message);
}

/**
 * Keeps what is typed here from the page, and says once what the page has given to an element that is not understood: attributes in the browser's console,
 * messages also by a `zenskar-error` event. The portal goes on without.
 */
export function checkPage(element: PageWishes): void {
  // Added a second time it is the same listener.
  element.addEventListener('keydown', keepOwnKeys);
  const { theme, density, section, locale, sections, messages } = element;
  const words: [attribute: string, value: string | null | undefined, expected: readonly string[]][] = [
    ['theme', theme, ['light', 'dark', 'auto']],
    ['density', density, ['comfortable', 'compact']],
    ['section', section, allSections],
    ...(sections ?? '')
      .split(/[\s,]+/)
      .filter((name) => !isSection(name))
      .map((name): [string, string, readonly string[]] => ['sections', name, allSections]),
  ];
  for (const [attribute, value, expected] of words) {
    if (value && !expected.includes(value)) warn(element, attribute, value, expected);
  }
  if (locale && !readLocale(locale)) warn(element, 'locale', locale, ['BCP 47 tags such as en-GB']);
  const { problem } = messages === null ? { problem: null } : readMessages(messages);
  if (problem && isNews(element, problem))
    element.dispatchEvent(new ZenskarErrorEvent({ code: 'messages_invalid', message: problem, isFatal: false }));
}

/** What is typed into a field, and any key in what lies above the portal, is no shortcut of the page's. */
function keepOwnKeys(this: Element, event: KeyboardEvent): void {
  const isTyped =
    /^(.|Backspace|Delete|Enter|Arrow.*)$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  const path = event.composedPath();
  const isOwn = path
    .slice(0, path.indexOf(this))
    .some((node) => node instanceof Element && node.matches(`dialog,[popover]${isTyped ? ',input,select' : ''}`));
  if (isOwn) event.stopPropagation();
}
