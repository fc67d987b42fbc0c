import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserLauncher } from '@web/test-runner';
import type { DrivenBrowser } from './driven-browser.ts';
import { openWindow } from './web-driver.ts';

/** Its toolbar would keep the window wider than a phone. */
const noToolbar = '* { min-width: 0; min-height: 0; padding: 0; margin: 0; border: 0; font-size: 1px }';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves as soon as the WebDriver server answers; throws after ten seconds. */
async function answers(origin: string): Promise<void> {
  const giveUp = Date.now() + 10_000;
  for (;;) {
    try {
      await fetch(`${origin}/status`);
      return;
    } catch (error) {
      if (Date.now() > giveUp) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A screen, a WebDriver server and a browser on it, and what ends them. */
async function startDriver(): Promise<{ origin: string; end: () => void }> {
  const children: ChildProcess[] = [];
  const settings = mkdtempSync(join(tmpdir(), 'webkit-'));
  mkdirSync(join(settings, 'gtk-3.0'));
  writeFileSync(join(settings, 'gtk-3.0', 'gtk.css'), noToolbar);
  const end = (): void => {
    for (const child of children.reverse()) child.kill();
    rmSync(settings, { recursive: true, force: true });
  };
  process.once('exit', end);
  const start = (command: string, args: string[], env: NodeJS.ProcessEnv, stdio: StdioOptions): ChildProcess => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio });
    children.push(child);
    return child;
  };
  const screen = ['-displayfd', '3', '-screen', '0', '2800x1800x24', '-nolisten', 'tcp'];
  const { stdio } = start('Xvfb', screen, {}, ['ignore', 'ignore', 'ignore', 'pipe']);
  const [display] = (await once(stdio[3] ?? process.stdin, 'data')) as [Buffer];
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    LANG: 'en_US.UTF-8',
    DISPLAY: `:${String(display).trim()}`,
    XDG_CONFIG_HOME: settings,
    WAYLAND_DISPLAY: '',
  };
  start('WebKitWebDriver', [`--port=${port}`], env, 'ignore');
  await answers(origin);
  return { origin, end };
}

/** WebKitGTK's own browser on a screen of its own, driven by W3C WebDriver. */
export async function webkit(): Promise<DrivenBrowser> {
  const { origin, end } = await startDriver();
  const window = await openWindow(origin);
  // Without a window manager the focus is where the pointer is: in the middle of the screen.
  await window.move(1300, 800);
  let active: string | undefined;
  const launcher: BrowserLauncher & { getPage: () => unknown } = {
    name: `WebKitGTK ${window.version}`,
    // The runner's commands know what to call on a page of this type.
    type: 'puppeteer',
    concurrency: 1,
    isActive: (sessionId) => active === sessionId,
    getBrowserUrl: () => window.url(),
    getPage: () => ({
      keyboard: {
        type: (text: string) => window.press(...text),
        press: (name: string) => window.press(name),
      },
      setViewport: ({ width, height }: { width: number; height: number }) => window.resize(width, height),
    }),
    async startSession(sessionId, url) {
      active = sessionId;
      await window.resize(800, 600);
      await window.open(url);
    },
    async stopSession() {
      await window.open('about:blank');
      active = undefined;
      return {};
    },
    startDebugSession: () => Promise.reject(new Error('Debug in Chromium or Firefox')),
    async stop() {
      await window.close();
      end();
    },
  };
  return { launcher, lacks: { emulateMedia: 'WebKitGTK takes reduced motion from the desktop' } };
}
