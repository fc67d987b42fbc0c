import { themeProperties } from './protocol.ts';
import type { Look } from './protocol.ts';

/** Longer values are no theme; nobody should be able to push megabytes through a custom property. */
const longestValue = 500;

const readLook = (host: HTMLElement, probe: HTMLElement): Look => {
  const style = getComputedStyle(probe);
  const values = themeProperties
    .map((name) => [name, style.getPropertyValue(name).trim()] as const)
    .filter(([, value]) => value !== '' && value.length <= longestValue);
  return {
    properties: Object.fromEntries(values),
    fontFamily: style.fontFamily,
    fontSize: style.fontSize,
    rootFontSize: getComputedStyle(document.documentElement).fontSize,
    colorScheme: style.color === 'rgb(0, 0, 0)' ? 'dark' : 'light',
    lang: host.closest<HTMLElement>('[lang]')?.lang ?? '',
    dir: style.direction,
  };
};

/**
 * Tells what the host inherits from its page: when asked, and when it has changed, at most once a frame drawn. The probe,
 * an element inside the host, inherits the same; a transition of each property tells of every change, whatever brought
 * it: a class, a style sheet, a media query.
 */
export class LookWatcher {
  private told = '';
  private isDue = false;
  private readonly host: HTMLElement;
  private readonly probe: HTMLElement;
  private readonly onChange: (look: Look) => void;

  constructor(host: HTMLElement, probe: HTMLElement, onChange: (look: Look) => void) {
    this.host = host;
    this.probe = probe;
    this.onChange = onChange;
    const watched = [...themeProperties, 'color', 'font-family', 'font-size'];
    probe.style.transition = watched.map((name) => `${name} 1ms step-start`).join();
    probe.style.transitionBehavior = 'allow-discrete';
    probe.addEventListener('transitionrun', this.look);
    probe.addEventListener('transitionend', this.look);
  }

  /** Where a page says its language and direction, and its theme for browsers that tell of no discrete transitions. */
  watch(signal: AbortSignal): void {
    const observer = new MutationObserver(this.look);
    for (const target of [document.documentElement, document.body, this.host])
      observer.observe(target, { attributeFilter: ['lang', 'dir', 'class', 'style', 'data-theme'] });
    signal.addEventListener('abort', () => observer.disconnect());
  }

  /** Tells it anew, to a frame that has not heard it. */
  tell(): void {
    this.told = '';
    this.compare();
  }

  readonly look = (): void => {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      if (this.told) this.compare();
    });
  };

  private compare(): void {
    const look = readLook(this.host, this.probe);
    const text = JSON.stringify(look);
    if (text === this.told) return;
    this.told = text;
    this.onChange(look);
  }
}
