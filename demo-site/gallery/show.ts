import '../../widget/src/define.ts';
import type { SessionSource } from '../../widget/src/session/session-source.ts';
import { everythingIn, handsOn, nextFrame, patienceMs } from './hands.ts';
import { longTexts, pseudoTexts } from './long-texts.ts';
import { openedSession, usualApi } from './records.ts';
import type { Settings } from './settings.ts';
import { galleryStates } from './states.ts';
import type { ElementState, PartState } from './state.ts';

type PublicElement = HTMLElement & { sessionSource: SessionSource; messages: object };

/** Shows one state alone. `<html data-ready>` says that it has settled; `data-failed` that it could not be brought about. */
export async function show(settings: Settings): Promise<void> {
  const state = galleryStates.find(({ name }) => name === settings.state);
  const main = document.querySelector('main');
  if (!state || !main) throw new Error(`The gallery has no state ${settings.state}`);
  const { dataset } = document.documentElement;
  prepare(settings, main);
  const shown = 'part' in state ? await partOf(state, settings) : elementOf(state, settings);
  main.replaceChildren(shown);
  try {
    if (state.act) {
      await settled(main, false);
      await state.act(handsOn(main));
    }
    await settled(main, state.isPending === true);
    dataset['ready'] = '';
  } catch (error) {
    dataset['failed'] = String(error);
    throw error;
  }
}

function prepare({ theme, locale, dir, width, accent }: Settings, main: HTMLElement): void {
  const page = document.documentElement;
  page.className = 'bare';
  page.lang = locale === 'pseudo' ? 'en' : locale;
  page.dir = dir === 'auto' ? (locale === 'ar' ? 'rtl' : 'ltr') : dir;
  page.style.colorScheme = theme === 'auto' ? 'light dark' : theme;
  if (accent) page.style.setProperty('--zenskar-accent', accent);
  if (width !== 'full') main.style.inlineSize = `${width}px`;
}

function elementOf(state: ElementState, { theme, locale, density }: Settings): HTMLElement {
  if (state.isOffline) Object.defineProperty(navigator, 'onLine', { get: () => false });
  const element = document.createElement(state.tag) as PublicElement;
  const attributes = { theme, density, locale: locale === 'pseudo' ? 'en-GB' : locale, ...state.attributes };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (locale === 'pseudo') element.messages = pseudoTexts();
  if (state.hasLongTexts) element.messages = longTexts();
  element.sessionSource = {
    open: state.open ?? (() => Promise.resolve(openedSession(state.session))),
    api: { ...usualApi, ...state.api },
  };
  return element;
}

async function partOf({ part }: PartState, { theme }: Settings): Promise<HTMLElement> {
  const { parts, PartStage } = await import('./parts.ts');
  customElements.define('gallery-stage', PartStage);
  const stage = document.createElement('gallery-stage') as InstanceType<typeof PartStage>;
  stage.setAttribute('theme', theme);
  stage.content = parts[part]();
  return stage;
}

/** Calm for three frames: nothing is left to be defined, drawn, fetched or moved. */
async function settled(main: HTMLElement, isOutline: boolean): Promise<void> {
  const endMs = performance.now() + patienceMs;
  for (let calmFrames = 0; calmFrames < 3;) {
    await document.fonts.ready;
    await nextFrame();
    const unrest = unrestIn(main, isOutline);
    if (unrest && performance.now() > endMs) throw new Error(`It does not settle: ${unrest}`);
    calmFrames = unrest ? 0 : calmFrames + 1;
  }
}

function unrestIn(main: HTMLElement, isOutline: boolean): string {
  const everything = [...everythingIn(main)];
  const roots = [document, ...everything.flatMap(({ shadowRoot }) => shadowRoot ?? [])];
  // The code of what belongs to rows is not asked for before there are any.
  const hasNoRows = everything.some((element) => element.matches('.skeleton, .state'));
  const undone = everything.find((element) => !isDone(element, hasNoRows));
  if (undone) return `<${undone.localName}> is not there yet`;
  if (everything.some((element) => element.matches('.skeleton') && element.checkVisibility()) !== isOutline)
    return isOutline ? 'the outline is not there yet' : 'an outline waits for something';
  if (!roots.every((root) => root.getAnimations().every(hasEnded))) return 'something moves';
  return document.fonts.status === 'loaded' ? '' : 'a font is on its way';
}

function isDone(element: Element, mayLackCode: boolean): boolean {
  if ((element as { isUpdatePending?: boolean }).isUpdatePending === true) return false;
  if (element instanceof HTMLImageElement) return element.complete;
  return element.matches(':defined') || !element.checkVisibility() || mayLackCode;
}

/** What turns for ever has no end to wait for. */
const hasEnded = ({ effect, playState }: Animation): boolean =>
  playState !== 'running' || effect?.getComputedTiming().endTime === Infinity;
