import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const paletteType = 3;
const mostColors = 256;

interface Picture {
  width: number;
  height: number;
  /** A pixel each, as `0xrrggbb`. */
  pixels: Uint32Array;
}

/** Whether a file is already as `smallPng` leaves it. */
export const isSmallPng = (png: Buffer): boolean => png[25] === paletteType;

/**
 * The same picture with a palette, in less than half of the room. Text has more shades than a palette holds: those that
 * are next to each other become one, by as little as is needed, which is less than the comparison lets pass. Takes what
 * Chromium writes: eight bits, red, green and blue, opaque, not interlaced.
 */
export function smallPng(png: Buffer): Buffer {
  const picture = decode(png);
  const colors = [...countColors(picture.pixels)].sort(([, a], [, b]) => b - a).map(([color]) => color);
  for (let distance = 0; ; distance++) {
    const palette = mergedColors(colors, distance);
    if (palette) return encode(picture, palette);
  }
}

function countColors(pixels: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  return counts;
}

/** For each colour its place in a palette whose colour is at most `distance` steps away in every channel, if one is enough. */
function mergedColors(colors: readonly number[], distance: number): Map<number, number> | null {
  const kept: number[] = [];
  const places = new Map<number, number>();
  for (const color of colors) {
    const near = kept.findIndex((other) => isNear(color, other, distance));
    if (near < 0 && kept.length === mostColors) return null;
    places.set(color, near < 0 ? kept.push(color) - 1 : near);
  }
  return places;
}

const isNear = (a: number, b: number, distance: number): boolean =>
  Math.abs((a >> 16) - (b >> 16)) <= distance &&
  Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) <= distance &&
  Math.abs((a & 255) - (b & 255)) <= distance;

function decode(png: Buffer): Picture {
  const parts: Buffer[] = [];
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[png[25] ?? 0];
  if (!channels) throw new Error('The picture is in no form that Chromium writes');
  const bytes = unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels);
  const pixels = new Uint32Array(width * height);
  for (let index = 0; index < pixels.length; index++) pixels[index] = bytes.readUIntBE(index * channels, 3);
  return { width, height, pixels };
}

/** Takes back what each row has been filtered by, see "Filter algorithms" in the PNG specification. */
function unfiltered(rows: Buffer, length: number, height: number, channels: number): Buffer {
  const bytes = Buffer.alloc(length * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (length + 1)];
    for (let x = 0; x < length; x++) {
      const at = y * length + x;
      const left = x < channels ? 0 : (bytes[at - channels] ?? 0);
      const up = y === 0 ? 0 : (bytes[at - length] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (bytes[at - length - channels] ?? 0);
      bytes[at] = (rows[at + y + 1] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return bytes;
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return nearest(left + up - corner, left, up, corner);
    default:
      return 0;
  }
}

function nearest(guess: number, left: number, up: number, corner: number): number {
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toCorner = Math.abs(guess - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function encode({ width, height, pixels }: Picture, places: ReadonlyMap<number, number>): Buffer {
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[at + y + 1] = places.get(pixels[at++] ?? 0) ?? 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, paletteType], 8);
  const palette: number[] = [];
  for (const [color, place] of places) palette[place] ??= color;
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
