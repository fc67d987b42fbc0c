import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { ServerProcess } from './server-process.ts';

/** What Node must be started with. */
export const inspectable = ['--inspect=127.0.0.1:0'] as const;

/** Looks into the memory of a server that was started `inspectable`. */
export interface InspectedHeap {
  /** Bytes in use after a full collection. */
  used(): Promise<number>;
  close(): void;
}

export const inspectHeap = async (server: ServerProcess): Promise<InspectedHeap> => {
  const [, address] = /Debugger listening on (ws:\S+)/.exec(server.log()) ?? [];
  if (address === undefined) {
    throw new Error(`The server says no address of its inspector: ${server.log()}`);
  }
  const socket = new WebSocket(address);
  await once(socket, 'open');
  let lastId = 0;
  const ask = async (method: string): Promise<Record<string, unknown>> => {
    lastId += 1;
    const id = lastId;
    socket.send(JSON.stringify({ id, method }));
    for (;;) {
      const [event] = (await once(socket, 'message')) as [MessageEvent<string>];
      const message = JSON.parse(event.data) as { id?: number; result?: Record<string, unknown> };
      if (message.id === id) {
        return message.result ?? {};
      }
    }
  };
  return {
    used: async () => {
      await ask('HeapProfiler.collectGarbage');
      return Number((await ask('Runtime.getHeapUsage'))['usedSize']);
    },
    close: () => {
      socket.close();
    },
  };
};

/** Bytes of a process that are in memory; Linux only. */
export const residentBytes = async (pid: number): Promise<number> => {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
};
