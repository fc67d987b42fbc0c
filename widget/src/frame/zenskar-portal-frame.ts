import { ApiError } from '../api/api-error.ts';
import { ZenskarErrorEvent, ZenskarViewChangeEvent } from '../events.ts';
import type { Catalogue } from '../i18n/localize.ts';
import type { FetchSession } from '../session/session-source.ts';
import { fetchToken, isSessionToken, organisationOf } from '../session/session-token.ts';
import type { ViewState } from '../shell/view-state.ts';
import { FrameAttributes } from './frame-attributes.ts';
import { eventOf } from './frame-events.ts';
import { LookWatcher } from './frame-look.ts';
import { FramePort } from './frame-port.ts';
import { frameStyles } from './frame.styles.ts';
import { fieldsOf, hello, passedAttributes, protocolVersion, welcome } from './protocol.ts';
import type { FrameMethod } from './protocol.ts';
import { watchVisiblePart } from './visible-part.ts';

/** What the portal needs: its scripts, its data, its files, and a window of its own for a document. */
const permissions =
  'allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox';

const english = { title: 'Billing portal', failed: 'The billing portal could not be opened.', retry: 'Try again' };

const missingSourceMs = 10_000;
/** The frame's page says hello before it has loaded, so that a frame without one shows something else. */
const helloAfterLoadMs = 1_000;
const longestLoadMs = 20_000;
/** A token that was fetched to learn whose frame it is has to be good for what the frame does with it. */
const freshTokenMs = 20_000;

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
  static readonly observedAttributes: readonly string[] = ['api-url', 'session-token', 'label', ...passedAttributes];

  private fetcher: FetchSession | null = null;
  private overrides: Catalogue = {};
  private place: Partial<ViewState> = {};
  /** The customer has been elsewhere than where the attributes led. */
  private hasMoved = false;
  private presence = new AbortController();
  private attempt = new AbortController();
  private frame: HTMLIFrameElement | null = null;
  private port: FramePort | null = null;
  /** Whose page is in the frame. */
  private organisationId = '';
  /** Which of the frame's pages was answered last. */
  private greeting: unknown = '';
  private isGreeted = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private handedToken = '';
  private fresh: { token: string; untilMs: number } | null = null;
  private visible = { top: 0, height: 0 };
  private waitingCalls: [method: FrameMethod, resolve: () => void][] = [];
  private readonly look: LookWatcher;
  private readonly notice: HTMLElement;
  private readonly waiting: HTMLElement;
  private readonly root: ShadowRoot;

  constructor() {
    super();
    this.root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    this.root.adoptedStyleSheets = [frameStyles()];
    this.waiting = make('slot', {});
    const retry = make('button', { type: 'button', onclick: () => this.restart() });
    retry.part.add('retry');
    this.notice = make('div', { hidden: true, role: 'alert', dir: 'auto' });
    this.notice.part.add('notice');
    this.notice.append(make('p', {}), retry);
    const probe = make('span', {});
    this.root.append(probe, this.waiting, this.notice);
    this.look = new LookWatcher(this, probe, (look) => this.port?.post({ type: 'look', look }));
  }

  connectedCallback(): void {
    this.takeEarlyProperties();
    this.presence = new AbortController();
    const { signal } = this.presence;
    addEventListener('message', this.handleMessage, { signal });
    addEventListener('online', this.handleOnline, { signal });
    this.look.watch(signal);
    this.restart();
  }

  disconnectedCallback(): void {
    this.presence.abort();
    this.close();
  }

  /** With it a frame that `moveBefore` moves stays as it is. */
  connectedMoveCallback(): void {
    this.look.look();
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (name === 'api-url') {
      if (before !== value) this.restart();
    } else if (name === 'session-token') {
      const { givenToken } = this;
      if (givenToken && organisationOf(givenToken) === this.organisationId && this.frame) this.sendSource();
      else if (givenToken) this.restart();
    } else {
      if (name === 'section' || name === 'invoice-id') this.hasMoved = false;
      void this.putNames().catch(() => undefined);
      if (name !== 'label') this.port?.post({ type: 'attributes', values: { [name]: value } });
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
    return URL.parse(this.apiUrl || import.meta.url, document.baseURI)?.origin ?? '';
  }

  private close(): void {
    this.attempt.abort();
    clearTimeout(this.timer);
    this.port?.close();
    this.port = null;
    this.frame?.remove();
    this.frame = null;
    this.notice.hidden = true;
    this.waiting.hidden = false;
  }

  private restart(): void {
    if (!this.isConnected) return;
    this.close();
    this.attempt = new AbortController();
    const { signal } = this.attempt;
    // What the page sets in one go counts as one.
    queueMicrotask(() => {
      if (!signal.aborted) void this.open(signal);
    });
  }

  /** The token of the attribute, for as long as it may be good. */
  private get givenToken(): string {
    const { sessionToken } = this;
    const isUsed = this.fetcher !== null && sessionToken === this.handedToken;
    return isSessionToken(sessionToken) && !isUsed ? sessionToken : '';
  }

  private sendSource(): void {
    if (!this.port) return;
    const { givenToken } = this;
    if (givenToken) this.handedToken = givenToken;
    this.port.post({ type: 'source', session_token: givenToken, can_fetch: this.fetcher !== null });
  }

  private async open(signal: AbortSignal): Promise<void> {
    const given = this.givenToken;
    if (!given && !this.fetcher) {
      const missing = new ApiError('session_source_missing', 'Set fetchSession or session-token');
      this.timer = setTimeout(() => this.fail(missing), missingSourceMs);
      return;
    }
    try {
      const token = given || (await this.newToken(signal));
      if (!given) this.fresh = { token, untilMs: performance.now() + freshTokenMs };
      this.load(organisationOf(token), signal);
    } catch (error) {
      if (!signal.aborted) this.fail(error as ApiError);
    }
  }

  private newToken(signal: AbortSignal): Promise<string> {
    return fetchToken(this.fetcher as FetchSession, signal);
  }

  /** The token that told whose frame to load is the frame's first one. */
  private tokenForFrame(signal: AbortSignal): Promise<string> {
    const { fresh } = this;
    this.fresh = null;
    return fresh && performance.now() < fresh.untilMs ? Promise.resolve(fresh.token) : this.newToken(signal);
  }

  private load(organisationId: string, signal: AbortSignal): void {
    this.organisationId = organisationId;
    this.isGreeted = false;
    const frame = make('iframe', {
      src: `${this.portalOrigin}/frame/${organisationId}`,
      referrerPolicy: 'no-referrer',
      onload: () => this.handleLoad(),
    });
    frame.sandbox.value = permissions;
    frame.part.add('frame');
    this.frame = frame;
    void this.putNames().catch(() => undefined);
    this.timer = setTimeout(() => this.fail(unreachable()), longestLoadMs);
    this.root.append(frame);
    watchVisiblePart(frame, signal, (part) => {
      this.visible = part;
      this.port?.post({ type: 'visible', ...part });
      this.look.look();
    });
  }

  private handleLoad(): void {
    if (!this.isGreeted) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.fail(unreachable()), helloAfterLoadMs);
    }
    this.isGreeted = false;
  }

  private readonly handleOnline = (): void => {
    if (!this.notice.hidden) this.restart();
  };

  /** Only the page that this element has put into its own frame is answered, and each such page once. */
  private readonly handleMessage = ({ source, origin, data }: MessageEvent<unknown>): void => {
    const { frame, portalOrigin } = this;
    if (!frame?.contentWindow || source !== frame.contentWindow || origin !== portalOrigin) return;
    const { type, version, id } = fieldsOf(data);
    if (type !== hello || version !== protocolVersion || id === this.greeting) return;
    this.greeting = id;
    this.isGreeted = true;
    clearTimeout(this.timer);
    this.port?.close();
    const { port1, port2 } = new MessageChannel();
    frame.contentWindow.postMessage({ type: welcome, version, id }, portalOrigin, [port2]);
    this.begin(new FramePort(port1, this.listener), frame);
  };

  private readonly listener = {
    fetchToken: (signal: AbortSignal): Promise<string> => this.tokenForFrame(signal),
    onHeight: (height: number): void => {
      if (this.frame) this.frame.style.blockSize = `${height}px`;
      this.waiting.hidden = true;
    },
    onEvent: (name: unknown, facts: Readonly<Record<string, unknown>>): void => {
      const event = eventOf(name, facts);
      if (event instanceof ZenskarViewChangeEvent) {
        this.place = event.view;
        this.hasMoved = true;
      }
      if (event) this.dispatchEvent(event);
    },
  };

  private begin(port: FramePort, frame: HTMLIFrameElement): void {
    this.port = port;
    this.notice.hidden = true;
    frame.hidden = false;
    const passed = this.hasMoved
      ? passedAttributes.filter((name) => name !== 'section' && name !== 'invoice-id')
      : passedAttributes;
    const values = Object.fromEntries(passed.map((name) => [name, this.getAttribute(name)]));
    port.post({ type: 'view', view: this.place });
    port.post({ type: 'attributes', values });
    this.sendMessages();
    this.look.tell();
    port.post({ type: 'visible', ...this.visible });
    this.sendSource();
    for (const [method, resolve] of this.waitingCalls.splice(0)) void port.call(method).then(resolve);
  }

  /** Functions and the like cannot be sent. */
  private sendMessages(): void {
    try {
      this.port?.post({ type: 'messages', messages: this.overrides });
    } catch {
      this.port?.post({ type: 'messages', messages: null });
    }
  }

  private fail(error: ApiError): void {
    clearTimeout(this.timer);
    this.port?.close();
    this.port = null;
    if (this.frame) this.frame.hidden = true;
    this.waiting.hidden = true;
    void this.putNames().catch(() => undefined);
    this.notice.hidden = false;
    for (const [, resolve] of this.waitingCalls.splice(0)) resolve();
    this.dispatchEvent(new ZenskarErrorEvent(error));
  }

  /** In English at once; words of another language are loaded where they are needed. */
  private async putNames(): Promise<void> {
    const page = this.closest<HTMLElement>('[lang]')?.lang;
    const language = (this.locale || page || navigator.language).slice(0, 2);
    this.write('en', english);
    if (language === 'en') return;
    const { frameWords } = await import('./frame-words.ts');
    if (frameWords[language]) this.write(language, frameWords[language]);
  }

  private write(lang: string, { title, failed, retry }: typeof english): void {
    const [text, button] = this.notice.children as unknown as [HTMLElement, HTMLElement];
    this.notice.lang = lang;
    text.textContent = failed;
    button.textContent = retry;
    if (this.frame) this.frame.title = this.label || title;
  }

  private call(method: FrameMethod): Promise<void> {
    return this.port?.call(method) ?? new Promise((resolve) => this.waitingCalls.push([method, resolve]));
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
    if (isFirst && !this.frame) this.restart();
    else this.sendSource();
  }

  /** Texts to use instead of the portal's own, by message key. */
  get messages(): Catalogue {
    return this.overrides;
  }

  set messages(value: Catalogue) {
    this.overrides = value;
    this.sendMessages();
  }

  /** Where the customer is: what `zenskar-view-change` brought can be set again. Empty before the first move. */
  get view(): Partial<ViewState> {
    return this.place;
  }

  set view(view: Partial<ViewState>) {
    this.place = view;
    this.port?.post({ type: 'view', view });
  }

  /** Loads the summary and the open section again, keeping the customer's place. */
  refresh(): Promise<void> {
    return this.call('refresh');
  }

  /** Ends the session, in the frame and on the server. */
  signOut(): Promise<void> {
    return this.call('signOut');
  }
}

const unreachable = (): ApiError =>
  new ApiError('frame_unreachable', 'No answer: check the allowed origins, and frame-src of this page');

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] => Object.assign(document.createElement(tag), properties);

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-portal-frame': ZenskarPortalFrame;
  }
}
