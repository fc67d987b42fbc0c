import { isUtf8 } from 'node:buffer';

export const longestLineBytes = 1_000_000;

const newline = 0x0a;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** One line of a stream, without its end; lines count from 1. */
export interface RawLine {
  line: number;
  bytes: number;
  /** Or why it cannot be read. */
  text: string | { problem: 'too_long' | 'not_utf8' };
}

/**
 * Splits chunks of bytes into lines, wherever the chunks are cut; a line ends with a line feed, with or without a
 * carriage return, or with the stream. Empty lines are left out but counted. Of a line that is too long nothing is kept.
 */
export class LineSplitter {
  private line = 0;
  private rest: Buffer[] = [];
  private restBytes = 0;

  /** The lines that end in this chunk. */
  push(chunk: Buffer): RawLine[] {
    const lines: RawLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.take(chunk.subarray(start, end), lines);
      start = end + 1;
    }
    const tail = chunk.subarray(start);
    this.restBytes += tail.length;
    if (this.restBytes > longestLineBytes) {
      this.rest = [];
    } else if (tail.length > 0) {
      this.rest.push(tail);
    }
    return lines;
  }

  /** The last line, where no line feed ends it. */
  end(): RawLine[] {
    const lines: RawLine[] = [];
    this.take(Buffer.alloc(0), lines);
    return lines;
  }

  private take(end: Buffer, lines: RawLine[]): void {
    this.line += 1;
    const bytes = this.restBytes + end.length;
    const whole = this.rest.length === 0 ? end : Buffer.concat([...this.rest, end]);
    this.rest = [];
    this.restBytes = 0;
    if (bytes > longestLineBytes) {
      lines.push({ line: this.line, bytes: 0, text: { problem: 'too_long' } });
      return;
    }
    const marked = this.line === 1 && whole.subarray(0, 3).equals(byteOrderMark);
    const content = marked ? whole.subarray(3) : whole;
    if (!isUtf8(content)) {
      lines.push({ line: this.line, bytes, text: { problem: 'not_utf8' } });
      return;
    }
    const text = content.toString('utf8');
    if (text.trim() !== '') {
      lines.push({ line: this.line, bytes, text });
    }
  }
}
