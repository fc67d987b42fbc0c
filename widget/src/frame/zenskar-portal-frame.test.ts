import { expect, fixtureCleanup } from '@open-wc/testing';
import { find, nextEvent } from '../testing/stage.ts';
import './define.ts';
import { factsOf, frameEvents } from './frame-events.ts';
import { ZenskarErrorEvent, ZenskarSectionChangeEvent } from '../events.ts';
import { tokens } from '../theme/tokens.styles.ts';
import { hello, protocolVersion, themeProperties } from './protocol.ts';
import type { ZenskarPortalFrame } from './zenskar-portal-frame.ts';

const organisation = '0199a3c5-7d00-7a11-8c4e-6e6f72746877';
const token = `${organisation}_0199a3c5-7d00-7a11-8c4e-6e6f72746878_${'s'.repeat(43)}`;
const fetchSession = (): Promise<{ session_token: string }> => Promise.resolve({ session_token: token });

type Said = Record<string, unknown>;

function put(attributes: Record<string, string> = {}): ZenskarPortalFrame {
  const element = document.createElement('zenskar-portal-frame');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  return element;
}

/** Waits until something holds; the test's own time limit is the limit. */
async function until<Value>(read: () => Value | null | undefined | false): Promise<Value> {
  for (;;) {
    const value = read();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Stands in for the portal's page: says hello out of the element's own frame, and has the port that it is answered. */
async function greet(element: ZenskarPortalFrame): Promise<{ port: MessagePort; said: Said[] }> {
  const frame = await until(() => element.shadowRoot?.querySelector('iframe'));
  // The test page's own origin is the portal's, so that the frame can be written into.
  const inner = await until(() => frame.contentWindow);
  const said: Said[] = [];
  const port = await new Promise<MessagePort>((resolve) => {
    inner.addEventListener('message', ({ ports }) => ports[0] && resolve(ports[0]), { once: true });
    const post = (inner as unknown as { Function: FunctionConstructor }).Function(
      'message',
      'parent.postMessage(message, "*")',
    ) as (message: unknown) => void;
    post({ type: hello, version: protocolVersion, id: crypto.randomUUID() });
  });
  port.onmessage = ({ data }: MessageEvent<Said>) => said.push(data);
  await until(() => said.find(({ type }) => type === 'source'));
  return { port, said };
}

/** A frame whose document is there: one that is still to come would take what is said to it along. */
async function opened(attributes: Record<string, string> = {}): Promise<ZenskarPortalFrame> {
  const element = put({ 'api-url': location.origin, ...attributes });
  element.fetchSession = fetchSession;
  const frame = await until(() => element.shadowRoot?.querySelector('iframe'));
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  return element;
}

const last = (said: Said[], type: string): Said | undefined => said.findLast((message) => message['type'] === type);

describe('zenskar-portal-frame', () => {
  afterEach(() => {
    fixtureCleanup();
    for (const element of document.querySelectorAll('zenskar-portal-frame')) element.remove();
  });

  it('loads the page of its customer’s organisation, with no secret in the address and no more rights than it needs', async () => {
    const element = await opened({ label: 'Billing' });
    const frame = find<HTMLIFrameElement>(element, 'iframe');
    expect(frame.src).to.equal(`${location.origin}/frame/${organisation}`);
    expect([frame.title, frame.referrerPolicy, frame.sandbox.value]).to.deep.equal([
      'Billing',
      'no-referrer',
      'allow-scripts allow-same-origin allow-forms allow-downloads',
    ]);
    await expect(element).to.be.accessible();
  });

  it('has its attributes as properties', () => {
    const element = put({ 'invoice-id': 'i', 'session-token': 't', 'hide-header': '' });
    expect([element.invoiceId, element.sessionToken, element.hideHeader, element.theme]).to.deep.equal([
      'i',
      't',
      true,
      '',
    ]);
    element.hideHeader = false;
    element.apiUrl = 'https://billing.example';
    expect([element.hasAttribute('hide-header'), element.getAttribute('api-url')]).to.deep.equal([
      false,
      'https://billing.example',
    ]);
  });

  it('takes what the page has set before the element was defined', () => {
    const element = put();
    Object.defineProperty(element, 'fetchSession', {
      value: fetchSession,
      configurable: true,
      enumerable: true,
      writable: true,
    });
    element.remove();
    document.body.append(element);
    expect([Object.hasOwn(element, 'fetchSession'), element.fetchSession]).to.deep.equal([false, fetchSession]);
  });

  it('gives the frame attributes, messages, look, view and session, at the start and when they change', async () => {
    const element = await opened({ section: 'payments', locale: 'de' });
    element.style.setProperty('--zenskar-accent', '#c2188b');
    element.messages = { 'invoices.title': 'Bills' };
    const { port, said } = await greet(element);
    expect(last(said, 'attributes')).to.deep.include({
      values: {
        locale: 'de',
        theme: null,
        density: null,
        sections: null,
        section: 'payments',
        'invoice-id': null,
        'hide-header': null,
      },
    });
    expect(last(said, 'messages')).to.deep.include({ messages: { 'invoices.title': 'Bills' } });
    expect((last(said, 'look')?.['look'] as { properties: Said }).properties).to.include({
      '--zenskar-accent': '#c2188b',
    });
    expect(last(said, 'source')).to.include({ session_token: '', can_fetch: true });

    port.postMessage({ type: 'session-request', id: 7 });
    expect(await until(() => last(said, 'session'))).to.include({ id: 7, session_token: token });
    element.density = 'compact';
    element.style.setProperty('--zenskar-accent', '#123456');
    await until(() => JSON.stringify(last(said, 'look')).includes('#123456'));
    expect(last(said, 'attributes')).to.deep.include({ values: { density: 'compact' } });
    element.messages = { broken: (() => 1) as never };
    expect(await until(() => last(said, 'messages')?.['messages'] === false)).to.equal(true);
  });

  it('tells its page the portal’s events, and is as high as the frame says', async () => {
    const element = await opened();
    const { port } = await greet(element);
    const change = nextEvent(document.body, 'zenskar-section-change');
    port.postMessage({ type: 'height', height: -4 });
    port.postMessage({ type: 'height', height: 'high' });
    port.postMessage({ type: 'height', height: 777 });
    port.postMessage({ type: 'event', name: 'zenskar-section-change', facts: { section: 4 } });
    port.postMessage({ type: 'event', name: 'click', facts: {} });
    port.postMessage({ type: 'unknown' });
    port.postMessage('nothing');
    port.postMessage({ type: 'event', name: 'zenskar-section-change', facts: { section: 'profile' } });
    const event = await change;
    expect(event).to.be.instanceOf(ZenskarSectionChangeEvent);
    expect(event.section).to.equal('profile');
    expect(find(element, 'iframe').style.blockSize).to.equal('777px');
  });

  it('waits with a call until the frame is there, and comes back when it has been done', async () => {
    const element = await opened();
    const refreshed = element.refresh();
    const { port, said } = await greet(element);
    const call = await until(() => last(said, 'call'));
    expect(call['method']).to.equal('refresh');
    port.postMessage({ type: 'done', id: call['id'] });
    await refreshed;
  });

  it('waits with a call for the next frame when the first one has been left', async () => {
    const element = await opened();
    await greet(element);
    element.remove();
    const refreshed = element.refresh();
    document.body.append(element);
    const frame = await until(() => element.shadowRoot?.querySelector('iframe'));
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const { port, said } = await greet(element);
    const call = await until(() => last(said, 'call'));
    port.postMessage({ type: 'done', id: call['id'] });
    await refreshed;
  });

  it('says in its page and to it that the frame cannot be reached', async () => {
    const element = put({ 'api-url': location.origin, locale: 'es' });
    const failure = nextEvent(element, 'zenskar-error');
    element.fetchSession = fetchSession;
    const { code, isFatal } = await failure;
    expect([code, isFatal]).to.deep.equal(['frame_unreachable', true]);
    const notice = find(element, '[role=alert]');
    await until(() => notice.textContent?.includes('Reintentar'));
    expect([notice.hidden, find(element, 'iframe').hidden, notice.lang]).to.deep.equal([false, true, 'es']);
    await expect(element).to.be.accessible();
    find(element, 'button').click();
    await until(() => notice.hidden);
  });

  it('lets a late frame in after all', async () => {
    const element = await opened();
    await nextEvent(element, 'zenskar-error');
    await greet(element);
    expect([find(element, '[role=alert]').hidden, find(element, 'iframe').hidden]).to.deep.equal([true, false]);
  });

  it('leaves nothing behind when it is removed', async () => {
    const element = await opened();
    const { port, said } = await greet(element);
    let fetches = 0;
    element.fetchSession = () => {
      fetches += 1;
      return fetchSession();
    };
    element.remove();
    const before = said.length;
    port.postMessage({ type: 'session-request', id: 1 });
    element.density = 'compact';
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect([fetches, said.length, element.shadowRoot?.querySelector('iframe')]).to.deep.equal([0, before, null]);
  });

  it('passes on every custom property of the theme', () => {
    const used = new Set(tokens.cssText.match(/--zenskar-[a-z-]+[a-z]/g));
    expect([...used].sort()).to.deep.equal([...themeProperties].sort());
  });

  it('tells the facts of an event without what every event has', () => {
    const error = new ZenskarErrorEvent({ code: 'offline', message: 'm' });
    expect(frameEvents).to.include(error.type);
    expect(factsOf(error)).to.deep.equal({ code: 'offline', message: 'm', requestId: null, isFatal: true });
  });
});
