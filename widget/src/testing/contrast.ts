const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const known = new Map<string, number>();

/** WCAG's relative luminance of what is seen when these colours lie on each other, the lowest first. */
export function luminance(...layers: string[]): number {
  const key = layers.join();
  const found = known.get(key) ?? measure(layers);
  known.set(key, found);
  return found;
}

function measure(layers: readonly string[]): number {
  if (!pixel) throw new Error('No canvas');
  for (const layer of ['#fff', ...layers]) {
    pixel.fillStyle = layer;
    pixel.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = [...pixel.getImageData(0, 0, 1, 1).data].map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast of a colour on the layers below it. */
export function contrast(color: string, ...layers: string[]): number {
  const [dark = 0, light = 0] = [luminance(...layers, color), luminance(...layers)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
