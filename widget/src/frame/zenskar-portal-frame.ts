import { ZenskarErrorEvent, ZenskarViewChangeEvent } from '../events.ts';
import type { Catalogue } from '../i18n/localize.ts';
import type { FetchSession } from '../session/session-source.ts';
import { isSessionToken, organisationOf } from '../session/session-token.ts';
import type { ViewState } from '../shell/view-state.ts';
import { FrameAttributes, ownAttributes } from './frame-attributes.ts';
import { eventOf } from './frame-events.ts';
import { openLine } from './frame-line.ts';
import type { FrameLine } from './frame-line.ts';
import { watchLook } from './frame-look.ts';
import { frameStyles } from './frame.styles.ts';
import { fieldsOf, hello, passedAttributes, protocolVersion, welcome } from './protocol.ts';
import type { FrameMethod, ToFrame } from './protocol.ts';
import { watchVisiblePart } from './visible-part.ts';

/** What the portal needs. It navigates nothing and opens no windows. */
const permissions = 'allow-scripts allow-same-origin allow-forms allow-downloads';

const longestWaitMs = 10_000;
/** The frame's page says hello before it has loaded, so that a frame without one shows something else. */
const helloAfterLoadMs = 1_000;

const failures = {
  session_source_missing: 'Set fetchSession or session-token',
  fetch_session_failed: 'fetchSession gave no session_token',
  frame_unreachable: 'No answer: see allowed origins and frame-src',
};

/**
 * @summary The customer's billing portal in a frame of its own origin, for pages that may not or do not want to run the
 * portal's script themselves. The frame is as high as what it shows, and wears the page's theme.
 *
 * ```html
 * <script type="module" src="https://billing.example.com/widget/v1/zenskar-frame.js"></script>
 * <zenskar-portal-frame></zenskar-portal-frame>
 * <script type="module">
 *   document.querySelector('zenskar-portal-frame').fetchSession = async ({ signal }) =>
 *     (await fetch('/my-backend/portal-session', { method: 'POST', signal })).json();
 * </script>
 * ```
 *
 * @tag zenskar-portal-frame
 * @slot - Shown until the portal is there, for example a line of text.
 * @csspart frame - The frame. It is at least 480 px high.
 * @csspart notice - What is said where the portal could not be opened.
 * @csspart retry - The notice's button.
 * @event zenskar-ready - The session is open and the portal is drawn.
 * @event zenskar-error - The portal could not be opened, or the frame could not be reached; `code` says why.
 * @event zenskar-session-expired - The session has ended and could not be renewed without the customer.
 * @event zenskar-section-change - The customer went to another section.
 * @event zenskar-invoice-open - The details of an invoice were opened.
 * @event zenskar-invoice-download - The PDF of an invoice was downloaded.
 * @event zenskar-profile-saved - The customer changed the profile.
 * @event zenskar-sign-out - The customer signed out.
 * @event zenskar-view-change - The customer moved; `view` can be kept and set again.
 */
export class ZenskarPortalFrame extends FrameAttributes {
  static readonly observedAttributes = ownAttributes;

  private fetcher: FetchSession | null = null;
  private messageOverrides: Catalogue = {};
  private lastView: Partial<ViewState> = {};
  private openAttempt = new AbortController();
  private portalFrame: HTMLIFrameElement | null = null;
  private frameLine: FrameLine | null = null;
  private lineOpening = Promise.withResolvers<FrameLine>();
  /** Of the frame's page that was answered last. */
  private helloId: unknown = '';
  private failureTimer: ReturnType<typeof setTimeout> | undefined;
  /** The token that told whose frame to load is the frame's first one. */
  private firstToken = '';
  private visiblePart = { top: 0, height: 0 };
  private tellLook = (): void => undefined;
  private readonly noticeBox = make('div', { hidden: true, role: 'alert', dir: 'auto' });
  private readonly noticeText = make('p', { textContent: 'The billing portal could not be opened.' });
  private readonly retryButton = make('button', { textContent: 'Try again', onclick: () => this.restart() });
  private readonly waitingSlot = make('slot', {});
  private readonly lookProbe = make('span', {});
  private readonly ownRoot = this.attachShadow({ mode: 'open', delegatesFocus: true });

  constructor() {
    super();
    this.ownRoot.adoptedStyleSheets = [frameStyles()];
    this.noticeBox.part.add('notice');
    this.retryButton.part.add('retry');
    this.noticeBox.append(this.noticeText, this.retryButton);
    this.ownRoot.append(this.lookProbe, this.waitingSlot, this.noticeBox);
  }

  connectedCallback(): void {
    this.takeEarlyProperties();
    this.restart();
  }

  disconnectedCallback(): void {
    this.closeFrame();
  }

  /** With it a frame that `moveBefore` moves stays as it is. */
  connectedMoveCallback(): void {}

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (name === 'api-url' || name === 'session-token') {
      if (value && value !== before) this.restart();
    } else {
      if (name === 'section' || name === 'invoice-id') this.lastView = {};
      this.putWords().catch(() => undefined);
      if (name !== 'label') this.sendMessage({ type: 'attributes', values: { [name]: value } });
    }
  }

  /** What the page has set before this class was there. */
  private takeEarlyProperties(): void {
    const element = this as unknown as Record<string, unknown>;
    for (const name of Object.keys(this)) {
      if (!(name in ZenskarPortalFrame.prototype)) continue;
      const value = element[name];
      Reflect.deleteProperty(element, name);
      element[name] = value;
    }
  }

  private get portalOrigin(): string {
    return URL.parse(this.apiUrl || import.meta.url)?.origin ?? '';
  }

  private closeLine(): void {
    clearTimeout(this.failureTimer);
    if (!this.frameLine) return;
    this.frameLine.close();
    this.frameLine = null;
    this.lineOpening = Promise.withResolvers();
  }

  private closeFrame(): void {
    this.openAttempt.abort();
    this.closeLine();
    this.portalFrame?.remove();
    this.portalFrame = null;
    this.noticeBox.hidden = true;
    this.waitingSlot.hidden = false;
  }

  private restart(): void {
    if (!this.isConnected) return;
    this.closeFrame();
    this.openAttempt = new AbortController();
    const { signal } = this.openAttempt;
    addEventListener('message', this.handleMessage, { signal });
    addEventListener('online', this.handleOnline, { signal });
    this.tellLook = watchLook(this, this.lookProbe, {
      signal,
      onChange: (look) => this.sendMessage({ type: 'look', look }),
    });
    // What the page sets in one go counts as one.
    queueMicrotask(() => {
      if (!signal.aborted) void this.findSource(signal);
    });
  }

  private failLater(code: keyof typeof failures, ms = longestWaitMs): void {
    clearTimeout(this.failureTimer);
    this.failureTimer = setTimeout(() => this.showFailure(code), ms);
  }

  private async findSource(signal: AbortSignal): Promise<void> {
    const { fetcher, sessionToken } = this;
    let token = sessionToken;
    if (!isSessionToken(token)) {
      this.failLater(fetcher ? 'fetch_session_failed' : 'session_source_missing');
      if (!fetcher) return;
      try {
        ({ session_token: token } = await fetcher({ signal }));
      } catch {
        // Below.
      }
      if (signal.aborted || !this.noticeBox.hidden) return;
      this.firstToken = token;
    }
    if (isSessionToken(token)) this.loadFrame(organisationOf(token), signal);
    else this.showFailure('fetch_session_failed');
  }

  private loadFrame(organisationId: string, signal: AbortSignal): void {
    this.portalFrame = make('iframe', {
      src: `${this.portalOrigin}/frame/${organisationId}`,
      title: this.label || 'Billing portal',
      referrerPolicy: 'no-referrer',
      onload: () => {
        if (!this.frameLine) this.failLater('frame_unreachable', helloAfterLoadMs);
      },
    });
    this.portalFrame.sandbox.value = permissions;
    this.portalFrame.part.add('frame');
    this.putWords().catch(() => undefined);
    this.failLater('frame_unreachable');
    this.ownRoot.append(this.portalFrame);
    watchVisiblePart(this.portalFrame, signal, (part) => {
      this.visiblePart = part;
      this.sendMessage({ type: 'visible', ...part });
    });
  }

  private readonly handleOnline = (): void => {
    if (!this.noticeBox.hidden) this.restart();
  };

  /** Only the page that this element has put into its own frame is answered, and each such page once. */
  private readonly handleMessage = ({ source, origin, data }: MessageEvent<unknown>): void => {
    const { portalFrame: frame, portalOrigin } = this;
    const { type, version, id } = fieldsOf(data);
    if (!frame || !source || source !== frame.contentWindow || origin !== portalOrigin) return;
    if (type !== hello || version !== protocolVersion || id === this.helloId) return;
    this.helloId = id;
    this.closeLine();
    const { port1, port2 } = new MessageChannel();
    frame.contentWindow?.postMessage({ type: welcome, version, id }, portalOrigin, [port2]);
    this.frameLine = openLine(port1, this.lineListener);
    this.noticeBox.hidden = true;
    frame.hidden = false;
    this.beginLine(this.frameLine);
  };

  private readonly lineListener = {
    fetchToken: async (signal: AbortSignal): Promise<string> => {
      const { firstToken, fetcher } = this;
      this.firstToken = '';
      return firstToken || ((await fetcher?.({ signal }))?.session_token ?? '');
    },
    onHeight: (height: number): void => {
      if (this.portalFrame) this.portalFrame.style.blockSize = `${height}px`;
      this.waitingSlot.hidden = true;
    },
    onEvent: (name: unknown, facts: Readonly<Record<string, unknown>>): void => {
      const event = eventOf(name, facts);
      if (event instanceof ZenskarViewChangeEvent) this.lastView = event.view;
      if (event) this.dispatchEvent(event);
    },
  };

  private sendMessage(message: ToFrame): void {
    this.frameLine?.post(message);
  }

  private beginLine(line: FrameLine): void {
    const values = Object.fromEntries(passedAttributes.map((name) => [name, this.getAttribute(name)]));
    this.sendMessage({ type: 'attributes', values });
    this.sendTexts();
    this.tellLook();
    this.sendMessage({ type: 'visible', ...this.visiblePart });
    this.sendSource();
    this.sendView();
    this.lineOpening.resolve(line);
  }

  private sendSource(): void {
    const { sessionToken, fetcher } = this;
    this.sendMessage({ type: 'source', session_token: sessionToken, can_fetch: fetcher !== null });
  }

  /** What cannot be sent, a function for example, is as wrong as `false`, and the portal says so. */
  private sendTexts(): void {
    try {
      this.sendMessage({ type: 'messages', messages: this.messageOverrides });
    } catch {
      this.sendMessage({ type: 'messages', messages: false });
    }
  }

  private sendView(): void {
    if ('section' in this.lastView) this.sendMessage({ type: 'view', view: this.lastView });
  }

  private showFailure(code: keyof typeof failures): void {
    this.closeLine();
    this.firstToken = '';
    if (this.portalFrame) this.portalFrame.hidden = true;
    this.waitingSlot.hidden = true;
    this.putWords().catch(() => undefined);
    this.noticeBox.hidden = false;
    this.dispatchEvent(new ZenskarErrorEvent({ code, message: failures[code] }));
  }

  /** They come by themselves, and where they do not, the words are English. */
  private async putWords(): Promise<void> {
    const { wordsFor } = await import('./frame-words.ts');
    const { lang, title, failed, retry } = wordsFor(this);
    this.noticeBox.lang = lang;
    this.noticeText.textContent = failed;
    this.retryButton.textContent = retry;
    if (this.portalFrame) this.portalFrame.title = this.label || title;
  }

  private async callPortal(method: FrameMethod): Promise<void> {
    await (this.frameLine ?? (await this.lineOpening.promise)).call(method);
  }

  /**
   * Brings a new one-time session token from the merchant's own backend: `async ({ signal }) => ({ session_token })`.
   * Called at the start and whenever a session cannot be renewed.
   */
  get fetchSession(): FetchSession | null {
    return this.fetcher;
  }

  set fetchSession(value: FetchSession | null) {
    const isFirst = !this.fetcher;
    this.fetcher = value;
    if (isFirst && !this.portalFrame) this.restart();
    else this.sendSource();
  }

  /** Texts to use instead of the portal's own, by message key. */
  get messages(): Catalogue {
    return this.messageOverrides;
  }

  set messages(value: Catalogue) {
    this.messageOverrides = value;
    this.sendTexts();
  }

  /** Where the customer is: what `zenskar-view-change` brought can be set again. Empty before the first move. */
  get view(): Partial<ViewState> {
    return this.lastView;
  }

  set view(view: Partial<ViewState>) {
    this.lastView = view;
    this.sendView();
  }

  /** Loads the summary and the open section again, keeping the customer's place. */
  refresh(): Promise<void> {
    return this.callPortal('refresh');
  }

  /** Ends the session, in the frame and on the server. */
  signOut(): Promise<void> {
    return this.callPortal('signOut');
  }
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), properties);
}

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-portal-frame': ZenskarPortalFrame;
  }
}
