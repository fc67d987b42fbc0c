import type { CDPSession, Page } from '@playwright/test';

/** What a page holds, after everything that can be collected has been. */
export interface Census {
  documents: number;
  nodes: number;
  /** Of the whole page, also those of elements and signals. */
  listeners: number;
  windowListeners: string[];
  documentListeners: string[];
  /** Timers that run, requests under way. */
  pending: number;
  intervals: number;
  observers: number;
  heapBytes: number;
}

interface Held {
  timers: Set<unknown>;
  intervals: Set<unknown>;
  observers: Set<unknown>;
  requests: Set<unknown>;
}

/** Before the page's own scripts: counts what is asked of the browser and not yet given back. */
export const countHeld = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const held: Held = { timers: new Set(), intervals: new Set(), observers: new Set(), requests: new Set() };
    Object.assign(window, { held });
    const { setTimeout, clearTimeout, setInterval, clearInterval, fetch } = window;
    const named = (handler: TimerHandler, ...args: unknown[]): void => {
      if (typeof handler === 'function') handler(...args);
    };
    Object.assign(window, {
      setTimeout: (handler: TimerHandler, delayMs?: number, ...args: unknown[]): number => {
        const id = setTimeout(() => {
          held.timers.delete(id);
          named(handler, ...args);
        }, delayMs);
        held.timers.add(id);
        return id;
      },
      clearTimeout: (id: number): void => {
        held.timers.delete(id);
        clearTimeout(id);
      },
      setInterval: (handler: TimerHandler, delayMs?: number, ...args: unknown[]): number => {
        const id = setInterval(handler, delayMs, ...args);
        held.intervals.add(id);
        return id;
      },
      clearInterval: (id: number): void => {
        held.intervals.delete(id);
        clearInterval(id);
      },
      fetch: async (...args: Parameters<typeof fetch>): Promise<Response> => {
        const request = {};
        held.requests.add(request);
        try {
          return await fetch(...args);
        } finally {
          held.requests.delete(request);
        }
      },
    });
    for (const name of ['ResizeObserver', 'IntersectionObserver', 'MutationObserver'] as const) {
      const { prototype } = window[name] as unknown as { prototype: Record<string, (...args: unknown[]) => unknown> };
      const { observe, disconnect } = prototype;
      Object.assign(prototype, {
        observe(...args: unknown[]) {
          held.observers.add(this);
          return observe?.apply(this, args);
        },
        disconnect(...args: unknown[]) {
          held.observers.delete(this);
          return disconnect?.apply(this, args);
        },
      });
    }
  });
};

const listenersOn = async (cdp: CDPSession, expression: string): Promise<string[]> => {
  const { result } = await cdp.send('Runtime.evaluate', { expression, objectGroup: 'census' });
  const { listeners } = await cdp.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
  await cdp.send('Runtime.releaseObjectGroup', { objectGroup: 'census' });
  return listeners.map(({ type }) => type).sort();
};

export const takeCensus = async (page: Page, cdp: CDPSession): Promise<Census> => {
  // What one round frees may hold what only the next one finds.
  for (let round = 0; round < 4; round += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { documents, nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const held = await page.evaluate(() => {
    const { timers, intervals, observers, requests } = (window as unknown as { held: Held }).held;
    return { pending: timers.size + requests.size, intervals: intervals.size, observers: observers.size };
  });
  return {
    documents,
    nodes,
    listeners: jsEventListeners,
    windowListeners: await listenersOn(cdp, 'window'),
    documentListeners: await listenersOn(cdp, 'document'),
    ...held,
    heapBytes: usedSize,
  };
};
