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
  let isDue = false;
  /** An observer looks at once at what it is new to; by itself it would not tell of mere scrolling. */
  const lookAgain = (): void => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      observer.unobserve(element);
      if (!signal.aborted) observer.observe(element);
    });
  };
  observer.observe(element);
  addEventListener('scroll', lookAgain, { capture: true, passive: true, signal });
  addEventListener('resize', lookAgain, { passive: true, signal });
  const size = new ResizeObserver(lookAgain);
  size.observe(element);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    size.disconnect();
  });
}
