/** Less would not be enough to read a dialog in. */
const leastHeight = 480;

/**
 * Says in custom properties which part of the frame the reader sees, so that what lies above the portal can be there. A
 * frame is as high as its content, and the reader scrolls the page around it.
 */
export class VisiblePart {
  private top = 0;
  private height = 0;

  constructor() {
    addEventListener('resize', () => this.write());
  }

  set(top: unknown, height: unknown): void {
    if (!Number.isFinite(top) || !Number.isFinite(height)) return;
    this.top = Number(top);
    this.height = Number(height);
    this.write();
  }

  private write(): void {
    const height = Math.max(this.height, Math.min(leastHeight, innerHeight));
    const top = Math.max(0, Math.min(this.top, innerHeight - height));
    const { style } = document.documentElement;
    style.setProperty('--zk-visible-top', `${top}px`);
    style.setProperty('--zk-visible-height', `${height}px`);
  }
}
