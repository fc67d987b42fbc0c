import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';
import { gracefulClose } from './graceful-close.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) {
    socket.destroy();
  }
});

const dial = async (address: string): Promise<Socket> => {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
};

const readyRequest = 'GET /health/ready HTTP/1.1\r\nhost: billing.example\r\n\r\n';

const exchange = async (socket: Socket, text: string): Promise<string> => {
  socket.write(text);
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString();
};

const isEnded = (closing: Promise<unknown>): Promise<boolean> =>
  Promise.race([closing.then(() => true), delay(100).then(() => false)]);

describe('a server that is closed', () => {
  it('ends idle connections at once, and silent ones soon', async () => {
    const server = await startTestServer();
    const idle = await dial(server.address);
    expect(await exchange(idle, readyRequest)).toMatch(/^HTTP\/1.1 200 /);
    const silent = await dial(server.address);
    idle.resume();
    silent.resume();
    const closing = server.close();
    await once(idle, 'end');
    expect(silent.readableEnded).toBe(false);
    await once(silent, 'end');
    await closing;
  });

  it('tells its clients to come back on another connection, while it drains', async () => {
    const server = await startTestServer({ environment: { DRAIN_SECONDS: '0.5' } });
    const before = await dial(server.address);
    expect(await exchange(before, readyRequest)).toMatch(/connection: keep-alive/i);
    const closing = server.close();
    const told = await exchange(before, readyRequest);
    expect(told).toMatch(/^HTTP\/1.1 503 [^]*connection: close[^]*"draining"/i);
    const fresh = await exchange(await dial(server.address), readyRequest.replace('ready', 'live'));
    expect(fresh).toMatch(/^HTTP\/1.1 200 [^]*connection: close/i);
    await closing;
  });
});

describe('gracefulClose', () => {
  const listen = async (handle: (res: ServerResponse) => void) => {
    const server = createServer();
    const { close } = gracefulClose(server);
    server.on('request', (_req, res) => {
      handle(res);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    return { server, close, socket: await dial(`http://127.0.0.1:${port}`) };
  };

  it('gives a slow reader the rest of an answer that was complete already', async () => {
    const length = 16_000_000;
    const { close, socket } = await listen((res) => res.end(Buffer.alloc(length, 'x')));
    const first = await exchange(socket, readyRequest);
    socket.pause();
    const closing = close(10_000);
    expect(await isEnded(closing)).toBe(false);
    const rest = await buffer(socket);
    expect(await closing).toBe(0);
    expect(first.length - first.indexOf('x'.repeat(10)) + rest.length).toBe(length);
  });

  it('breaks off what has not ended in time, and says how much that was', async () => {
    const { server, close, socket } = await listen(() => undefined);
    socket.write(readyRequest);
    await once(server, 'request');
    const closing = close(300);
    expect(await isEnded(closing)).toBe(false);
    expect(await closing).toBe(1);
  });
});
