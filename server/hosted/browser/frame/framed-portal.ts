import { css } from 'lit';
import { factsOf, frameEvents } from '../../../../widget/src/frame/frame-events.ts';
import { fieldsOf, frameMethods, passedAttributes } from '../../../../widget/src/frame/protocol.ts';
import type { ToElement } from '../../../../widget/src/frame/protocol.ts';
import type { FetchSession } from '../../../../widget/src/session/session-source.ts';
import { organisationOf } from '../../../../widget/src/session/session-token.ts';
import { readView } from '../../../../widget/src/shell/read-view.ts';
import type { ViewState } from '../../../../widget/src/shell/view-state.ts';
import type { ZenskarPortal } from '../../../../widget/src/zenskar-portal.ts';
import { followLanguage } from '../page-language.ts';
import { VisiblePart } from './visible-part.ts';
import { wearLook } from './worn-look.ts';

/**
 * The frame is as high as its content: a scroll bar would only flicker while it grows. At the edges there is room for the
 * focus to be seen.
 */
const documentStyles = css`
  html {
    overflow: hidden;
  }
  main {
    display: flow-root;
    padding: 4px;
  }
`;

interface Waiting {
  id: number;
  resolve: (answer: { session_token: string }) => void;
  reject: (error: Error) => void;
}

/** A portal that lives by what the element around the frame says over its port. Its session is in memory only. */
export class FramedPortal {
  private readonly main = document.createElement('main');
  private readonly portal: ZenskarPortal = document.createElement('zenskar-portal');
  private readonly visiblePart = new VisiblePart();
  private readonly port: MessagePort;
  private readonly organisationId: string;
  private waiting: Waiting | null = null;
  private lastRequest = 0;
  private height = 0;

  constructor(port: MessagePort, organisationId: string) {
    this.port = port;
    this.organisationId = organisationId;
    if (documentStyles.styleSheet) document.adoptedStyleSheets.push(documentStyles.styleSheet);
    for (const name of frameEvents) this.portal.addEventListener(name, (event) => this.pass(event));
    new ResizeObserver(() => this.tellHeight()).observe(this.main);
    port.onmessage = ({ data }) => this.handle(fieldsOf(data));
  }

  private post(message: ToElement): void {
    this.port.postMessage(message);
  }

  /** Browsers observe no sizes in a frame that is out of sight, so that it would come into sight too low. */
  private pass(event: Event): void {
    this.post({ type: 'event', name: event.type, facts: factsOf(event) });
    setTimeout(() => this.tellHeight());
  }

  /** Where it is not displayed a frame has no width, and what is in it no height that means anything. */
  private tellHeight(): void {
    const height = Math.ceil(this.main.getBoundingClientRect().height);
    if (innerWidth === 0 || height === 0 || height === this.height) return;
    this.height = height;
    this.post({ type: 'height', height });
  }

  private handle(message: Readonly<Record<string, unknown>>): void {
    const { portal } = this;
    switch (message['type']) {
      case 'attributes':
        this.setAttributes(fieldsOf(message['values']));
        break;
      case 'messages':
        // The portal reads it as it does its page's.
        portal.messages = message['messages'] as ZenskarPortal['messages'];
        break;
      case 'view':
        void this.show(readView(message['view']));
        break;
      case 'look':
        wearLook(message['look']);
        break;
      case 'visible':
        this.visiblePart.set(message['top'], message['height']);
        break;
      case 'source':
        this.start(message);
        break;
      case 'session':
      case 'session-failed':
        this.settle(message);
        break;
      case 'call':
        void this.call(message['id'], message['method']);
    }
  }

  private setAttributes(values: Readonly<Record<string, unknown>>): void {
    for (const name of passedAttributes) {
      const value = values[name];
      if (typeof value === 'string') this.portal.setAttribute(name, value);
      else if (value === null) this.portal.removeAttribute(name);
    }
  }

  private start({ session_token: sessionToken, can_fetch: canFetch }: Readonly<Record<string, unknown>>): void {
    this.portal.fetchSession = canFetch === true ? this.fetchSession : null;
    if (typeof sessionToken === 'string' && sessionToken) this.portal.sessionToken = sessionToken;
    if (this.main.isConnected) return;
    this.main.append(this.portal);
    document.body.append(this.main);
    void this.portal.updateComplete.then(() => followLanguage(this.portal));
  }

  private readonly fetchSession: FetchSession = ({ signal }) =>
    new Promise((resolve, reject) => {
      const id = ++this.lastRequest;
      this.waiting = { id, resolve, reject };
      signal.addEventListener('abort', () => this.cancel(id));
      this.post({ type: 'session-request', id });
    });

  private cancel(id: number): void {
    if (this.waiting?.id !== id) return;
    this.waiting = null;
    this.post({ type: 'session-cancel', id });
  }

  private settle({ id, session_token: sessionToken, name }: Readonly<Record<string, unknown>>): void {
    const { waiting } = this;
    if (!waiting || waiting.id !== id) return;
    this.waiting = null;
    if (typeof sessionToken === 'string' && organisationOf(sessionToken) === this.organisationId)
      waiting.resolve({ session_token: sessionToken });
    else waiting.reject(Object.assign(new Error('No session'), { name: String(name) }));
  }

  /** Later than the attributes, which say where to begin. */
  private async show(view: ViewState): Promise<void> {
    await this.portal.updateComplete;
    this.portal.view = view;
  }

  private async call(id: unknown, name: unknown): Promise<void> {
    const method = frameMethods.find((known) => known === name);
    if (!method || typeof id !== 'number') return;
    try {
      await this.portal[method]();
    } finally {
      this.post({ type: 'done', id });
    }
  }
}
