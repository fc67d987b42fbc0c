import { onceAFrame } from './once-a-frame.ts';

/**
 * Tells which part of an element can be seen, in its own coordinates: through the window, through scrolling boxes around
 * it, and through frames around the page. At most once a frame drawn.
 */
export function watchVisiblePart(
  element: Element,
  signal: AbortSignal,
  onChange: (part: { top: number; height: number }) => void,
): void {
  const observer = new IntersectionObserver((entries) => {
    const { boundingClientRect, intersectionRect } = entries[entries.length - 1] as IntersectionObserverEntry;
    onChange({ top: Math.max(0, intersectionRect.top - boundingClientRect.top), height: intersectionRect.height });
  });
  /** An observer looks at once at what it is new to; by itself it would not tell of mere scrolling. */
  const lookAgain = onceAFrame(() => {
    observer.unobserve(element);
    if (!signal.aborted) observer.observe(element);
  });
  observer.observe(element);
  const everywhere = { capture: true, signal };
  addEventListener('scroll', lookAgain, everywhere);
  addEventListener('resize', lookAgain, everywhere);
  const size = new ResizeObserver(lookAgain);
  size.observe(element);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    size.disconnect();
  });
}
