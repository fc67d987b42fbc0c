import { inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostPixels = 4_000_000;

/** Samples a pixel by the PNG's colour type; a palette's index counts as one. */
const samples: Partial<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const paletteType = 3;

interface Chunk {
  type: string;
  data: Buffer;
}

const chunksOf = (bytes: Buffer): Chunk[] => {
  const chunks: Chunk[] = [];
  let position = signature.length;
  while (position + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(position);
    const type = bytes.toString('latin1', position + 4, position + 8);
    if (position + 12 + length > bytes.length) {
      return [];
    }
    chunks.push({ type, data: bytes.subarray(position + 8, position + 8 + length) });
    position += 12 + length;
    if (type === 'IEND') {
      return chunks;
    }
  }
  return [];
};

const hasRows = (compressed: Buffer, height: number, rowBytes: number): boolean => {
  try {
    const rows = inflateSync(compressed, { maxOutputLength: height * rowBytes });
    const filters = Array.from({ length: height }, (_, row) => rows[row * rowBytes] ?? 255);
    return rows.length === height * rowBytes && filters.every((filter) => filter <= 4);
  } catch {
    return false;
  }
};

/** Of two, pdfkit goes by the last: it would draw another picture than the one that was looked at. */
const comesOnce = (chunks: readonly Chunk[], type: string): boolean =>
  chunks.filter((chunk) => chunk.type === type).length <= 1;

/** pdfkit decodes a PNG when nobody listens any more: one that it cannot decode would end the process. */
const isSoundPng = (bytes: Buffer): boolean => {
  const chunks = chunksOf(bytes);
  const header = chunks[0];
  if (header?.type !== 'IHDR' || header.data.length !== 13) {
    return false;
  }
  if (!['IHDR', 'PLTE', 'tRNS'].every((type) => comesOnce(chunks, type))) {
    return false;
  }
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
  const [depth = 0, type = -1, , , interlace = 1] = header.data.subarray(8);
  const perPixel = samples[type];
  const palette = chunks.find((chunk) => chunk.type === 'PLTE')?.data.length ?? 0;
  const isKnown =
    perPixel !== undefined &&
    (depth === 8 || (type === paletteType && [1, 2, 4].includes(depth))) &&
    interlace === 0 &&
    (type !== paletteType || (palette > 0 && palette % 3 === 0));
  if (!isKnown || width === 0 || height === 0 || width * height > mostPixels) {
    return false;
  }
  const data = Buffer.concat(chunks.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.data));
  return hasRows(data, height, 1 + Math.ceil((width * perPixel * depth) / 8));
};

/** The markers that begin a frame, whose header says how large the picture is (ITU-T T.81, table B.1). */
const isFrameStart = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const frameHeaderOf = (bytes: Buffer): Buffer | undefined => {
  let position = 2;
  while (position + 4 <= bytes.length && bytes[position] === 0xff) {
    const length = bytes.readUInt16BE(position + 2);
    if (isFrameStart(bytes[position + 1] ?? 0)) {
      return bytes.subarray(position + 4, position + 2 + length);
    }
    position += 2 + length;
  }
  return undefined;
};

/** One without a size, or of a number of colours that pdfkit has no name for, would spoil the whole document. */
const isSoundJpeg = (bytes: Buffer): boolean => {
  const header = frameHeaderOf(bytes);
  return (
    header !== undefined &&
    header.length >= 6 &&
    header.readUInt16BE(1) > 0 &&
    header.readUInt16BE(3) > 0 &&
    [1, 3, 4].includes(header.readUInt8(5))
  );
};

const startOfJpeg = Buffer.from([0xff, 0xd8]);

const isJpeg = (bytes: Buffer): boolean => bytes.subarray(0, 2).equals(startOfJpeg) && isSoundJpeg(bytes);

/** Whether the bytes are a PNG or JPEG that can be drawn: of a size that fits into memory, and not interlaced. */
export const isPicture = (bytes: Buffer): boolean =>
  bytes.subarray(0, signature.length).equals(signature) ? isSoundPng(bytes) : isJpeg(bytes);
