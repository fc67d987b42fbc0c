import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

const endOfHeaders = '\r\n\r\n';
const nothing = Buffer.alloc(0);

interface Head {
  status: number;
  bodyBytes: number;
  isLast: boolean;
}

const readHead = (text: string): Head => {
  const status = Number(text.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  if (length === undefined && status !== 304 && status !== 204) {
    throw new Error(`an answer without Content-Length: ${text.slice(0, 40)}`);
  }
  return { status, bodyBytes: Number(length ?? 0), isLast: /\r\nconnection: *close/i.test(text) };
};

/**
 * One HTTP/1.1 connection that is kept alive and has one request under way. It reads status and length and throws the
 * bytes of the body away, so that a request costs the generator a fraction of what it costs any server; node:http and
 * autocannon take a third more of the machine, which the servers would miss.
 */
export class Connection {
  private port: number;
  private socket: Socket | undefined;
  private pending: Buffer = nothing;
  private head: Head | undefined;
  private missing = 0;
  private settle: ((outcome: number | Error) => void) | undefined;

  constructor(port: number) {
    this.port = port;
  }

  async open(): Promise<void> {
    const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
    this.socket = socket;
    this.pending = nothing;
    await once(socket, 'connect');
    socket.on('data', (chunk: Buffer) => {
      this.read(chunk);
    });
    socket.on('error', (error) => {
      this.finish(error);
    });
    socket.on('close', () => {
      if (this.socket === socket) this.socket = undefined;
      this.finish(new Error('the connection was closed'));
    });
  }

  private finish(outcome: number | Error): void {
    const settle = this.settle;
    this.settle = undefined;
    settle?.(outcome);
  }

  private read(chunk: Buffer): void {
    let bytes: Buffer = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    this.pending = nothing;
    if (this.head === undefined) {
      const end = bytes.indexOf(endOfHeaders);
      if (end === -1) {
        this.pending = bytes;
        return;
      }
      try {
        this.head = readHead(bytes.toString('latin1', 0, end));
      } catch (error) {
        this.finish(error as Error);
        return;
      }
      this.missing = this.head.bodyBytes;
      bytes = bytes.subarray(end + endOfHeaders.length);
    }
    this.missing -= bytes.length;
    if (this.missing > 0) {
      return;
    }
    const { status, isLast } = this.head;
    this.head = undefined;
    if (isLast) this.close();
    this.finish(this.missing === 0 ? status : new Error('more bytes than were announced'));
  }

  /** Sends the bytes of one request; answers the status. Opens the connection anew where the server has closed it. */
  async send(request: Buffer): Promise<number> {
    if (this.socket === undefined) {
      await this.open();
    }
    return new Promise((resolve, reject) => {
      this.settle = (outcome) => {
        if (typeof outcome === 'number') resolve(outcome);
        else reject(outcome);
      };
      this.socket?.write(request);
    });
  }

  close(): void {
    const { socket } = this;
    this.socket = undefined;
    socket?.destroy();
  }
}
