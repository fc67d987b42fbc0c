const gapPx = 4;
const marginPx = 8;

/**
 * Keeps an open popover beside its button: below it where there is room, else above, towards the middle of the window
 * and never outside it.
 * Call it from `beforetoggle` with an opening event; it stops by itself when the popover closes.
 */
export function placePopover(popover: HTMLElement, button: HTMLElement): void {
  const whileOpen = new AbortController();
  const place = (): void => {
    // Closed with an event, or without one: taken out of the page, which its button notices as having no size.
    if (!popover.matches(':popover-open')) {
      whileOpen.abort();
      return;
    }
    const anchor = button.getBoundingClientRect();
    const box = popover.getBoundingClientRect();
    const isInRightHalf = anchor.left + anchor.right > document.documentElement.clientWidth;
    const start = isInRightHalf ? anchor.right - box.width : anchor.left;
    const left = Math.max(marginPx, Math.min(start, document.documentElement.clientWidth - box.width - marginPx));
    const below = anchor.bottom + gapPx;
    const fitsBelow = below + box.height <= innerHeight - marginPx;
    const top = fitsBelow ? below : Math.max(marginPx, anchor.top - gapPx - box.height);
    popover.style.left = `${left}px`;
    popover.style.top = `${top}px`;
  };
  const listen = { capture: true, passive: true, signal: whileOpen.signal };
  addEventListener('scroll', place, listen);
  addEventListener('resize', place, listen);
  const sizes = new ResizeObserver(place);
  sizes.observe(button);
  sizes.observe(popover);
  whileOpen.signal.addEventListener('abort', () => sizes.disconnect());
  popover.addEventListener(
    'toggle',
    (event) => {
      if (event.newState === 'closed') whileOpen.abort();
    },
    { signal: whileOpen.signal },
  );
  requestAnimationFrame(place);
}
