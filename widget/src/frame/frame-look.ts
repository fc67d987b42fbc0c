import { onceAFrame } from './once-a-frame.ts';
import { themeProperties } from './protocol.ts';
import type { Look } from './protocol.ts';

const readLook = (host: HTMLElement, probe: Element): Look => {
  const style = getComputedStyle(probe);
  return {
    properties: Object.fromEntries(themeProperties.map((name) => [name, style.getPropertyValue(name)])),
    fontFamily: style.fontFamily,
    fontSize: style.fontSize,
    rootFontSize: getComputedStyle(document.documentElement).fontSize,
    colorScheme: style.color === 'rgb(0, 0, 0)' ? 'dark' : 'light',
    lang: host.closest<HTMLElement>('[lang]')?.lang ?? '',
    dir: style.direction,
  };
};

/**
 * Tells what the host inherits from its page: by the function that it gives back, and when it may have changed, at most
 * once a frame drawn and never the same twice. The probe, an element inside the host whose colour is white in a light
 * scheme and black in a dark one, inherits the same; a transition of each property tells of every change, whatever
 * brought it: a class, a style sheet, a media query.
 */
export const watchLook = (
  host: HTMLElement,
  probe: HTMLElement,
  { signal, onChange }: { signal: AbortSignal; onChange: (look: Look) => void },
): (() => void) => {
  let told = '';
  const compare = (): void => {
    const look = readLook(host, probe);
    const text = JSON.stringify(look);
    if (text !== told) onChange(look);
    told = text;
  };
  const compareSoon = onceAFrame(compare);
  probe.style.transition = [...themeProperties, 'color', 'font-family', 'font-size']
    .map((name) => `${name} 1ms step-start allow-discrete`)
    .join();
  probe.ontransitionend = compareSoon;
  // Where a page says its language and direction, and its theme to browsers that tell of no discrete transitions.
  const observer = new MutationObserver(compareSoon);
  for (const target of [document.documentElement, host])
    observer.observe(target, { attributeFilter: ['lang', 'dir', 'class', 'style'] });
  signal.addEventListener('abort', () => observer.disconnect());
  return () => {
    told = '';
    compare();
  };
};
