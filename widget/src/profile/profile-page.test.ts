import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { Script } from '../../wire-middleware.ts';
import '../define.ts';
import { opened, portalSession, profile, refused, sessionToken, startWire } from '../testing/wire.ts';
import type { Wire } from '../testing/wire.ts';
import type { ZenskarPortal } from '../zenskar-portal.ts';

interface Shown {
  portal: ZenskarPortal;
  wire: Wire;
  /** The profile's own root. */
  root: ShadowRoot;
}

async function show(script: Script = {}): Promise<Shown> {
  const wire = await startWire(script);
  const portal = await fixture<ZenskarPortal>(
    html`<zenskar-portal
      api-url=${wire.apiUrl}
      section="profile"
      .fetchSession=${async () => ({ session_token: sessionToken })}
    ></zenskar-portal>`,
  );
  const page = (): ShadowRoot | null | undefined => portal.shadowRoot?.querySelector('zk-profile-page')?.shadowRoot;
  await waitUntil(() => page()?.querySelector('form, zk-profile-facts, .state'), 'the profile never came');
  return { portal, wire, root: page() as ShadowRoot };
}

const control = (root: ShadowRoot, path: string): HTMLInputElement =>
  root.querySelector(`#${CSS.escape(path)}`) as HTMLInputElement;

function type(root: ShadowRoot, path: string, text: string): void {
  const input = control(root, path);
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

const problemAt = (root: ShadowRoot, path: string): string =>
  root.querySelector(`#${CSS.escape(`${path}-problem`)}`)?.textContent?.trim() ?? '';
const save = (root: ShadowRoot): void => root.querySelector('form')?.requestSubmit();
const status = (root: ShadowRoot): string => root.querySelector('.saved')?.textContent?.trim() ?? '';

describe('zk-profile-page', () => {
  it('shows the stored profile in labelled fields', async () => {
    const { portal, root } = await show();
    expect(control(root, 'customer_name').value).to.equal('Meridian Logistics');
    expect(control(root, 'address.country_code').value).to.equal('GB');
    await expect(portal).to.be.accessible();
  });

  it('checks a field when it is left', async () => {
    const { root } = await show();
    type(root, 'email', 'nobody');
    expect(problemAt(root, 'email')).to.equal('');
    control(root, 'email').blur();
    await waitUntil(() => problemAt(root, 'email') !== '');
    expect(control(root, 'email').getAttribute('aria-describedby')).to.equal('email-problem');
  });

  it('sums up on submit what is wrong, takes the focus there, and sends nothing', async () => {
    const { portal, root, wire } = await show();
    type(root, 'customer_name', ' ');
    type(root, 'phone_number', 'call me');
    save(root);
    await waitUntil(() => root.activeElement?.hasAttribute('data-attention'));
    expect(root.activeElement?.querySelectorAll('li').length).to.equal(2);
    expect(await wire.calls('PATCH profile')).to.be.empty;
    await expect(portal).to.be.accessible();
  });

  it('sends only what changed with the version that it read, says so, and tells the page', async () => {
    const { portal, root, wire } = await show();
    type(root, 'customer_name', 'Meridian Group');
    const saved = oneEvent(portal, 'zenskar-profile-saved');
    save(root);
    await saved;
    const [call] = await wire.calls('PATCH profile');
    expect(call?.body).to.deep.equal({ customer_name: 'Meridian Group' });
    expect(call?.headers['if-match']).to.equal('"1"');
    await waitUntil(() => status(root) === 'Your profile is saved.');
    expect(portal.shadowRoot?.querySelector('.account')?.textContent).to.contain('Meridian Group');
  });

  it('puts what the server refuses on its field', async () => {
    const detail = [{ loc: ['body', 'address', 'line1'], msg: 'No such street', type: 'custom' }];
    const { root } = await show({ 'PATCH profile': [refused(422, { code: 'request_invalid', detail })] });
    type(root, 'address.line1', '1 Nowhere');
    save(root);
    await waitUntil(() => problemAt(root, 'address.line1') === 'No such street');
    expect(control(root, 'address.line1').value).to.equal('1 Nowhere');
  });

  it('shows both values of a field that was changed elsewhere too, and overwrites nothing unasked', async () => {
    const theirs = { ...profile, customer_name: 'Meridian Worldwide', phone_number: '+44 20 7946 0000' };
    const { portal, root, wire } = await show({
      'GET profile': [
        { body: profile, etag: '"1"' },
        { body: theirs, etag: '"2"' },
      ],
      'PATCH profile': [refused(412, { code: 'precondition_failed' }), { body: theirs, etag: '"3"' }],
    });
    type(root, 'customer_name', 'Meridian Group');
    save(root);
    const conflict = (): ShadowRoot | null | undefined => root.querySelector('zk-profile-conflict')?.shadowRoot;
    await waitUntil(() => conflict()?.querySelector('.value'));
    const values = [...(conflict()?.querySelectorAll('.value') ?? [])].map((value) => value.textContent?.trim());
    expect(values).to.deep.equal(['Meridian Group', 'Meridian Worldwide']);
    expect(control(root, 'phone_number').value).to.equal('+44 20 7946 0000');
    expect(await wire.calls('PATCH profile')).to.have.length(1);
    await expect(portal).to.be.accessible();

    save(root);
    await waitUntil(() => status(root) !== '');
    const [, second] = await wire.calls('PATCH profile');
    expect(second?.body).to.deep.equal({ customer_name: 'Meridian Group' });
    expect(second?.headers['if-match']).to.equal('"2"');
  });

  it('keeps what was typed when the session has to be opened anew while saving', async () => {
    const { root, wire } = await show({
      'PATCH profile': [
        refused(401, { code: 'access_token_expired' }),
        { body: { ...profile, customer_name: 'Meridian Group' }, etag: '"2"' },
      ],
    });
    type(root, 'customer_name', 'Meridian Group');
    save(root);
    await waitUntil(() => status(root) === 'Your profile is saved.');
    expect(await wire.calls('POST session/redeem')).to.have.length(2);
    expect(control(root, 'customer_name').value).to.equal('Meridian Group');
  });

  it('keeps what was typed when the session ends, until the customer goes on', async () => {
    const ended = refused(401, { code: 'session_ended', reason: 'idle' });
    const { portal, root } = await show({ 'PATCH profile': [ended] });
    type(root, 'customer_name', 'Meridian Group');
    save(root);
    const shell = portal.shadowRoot as ShadowRoot;
    await waitUntil(() => shell.querySelector('.state .button'), 'never expired');
    shell.querySelector<HTMLElement>('.state .button')?.click();
    await waitUntil(() => shell.querySelector('[role=tab]'));
    expect(shell.querySelector('zk-profile-page')?.shadowRoot).to.equal(root);
    expect(control(root, 'customer_name').value).to.equal('Meridian Group');
  });

  it('keeps what was typed when the connection is lost, and says so', async () => {
    const { portal, root } = await show({ 'PATCH profile': [{ drop: true }] });
    type(root, 'customer_name', 'Meridian Group');
    save(root);
    await waitUntil(() => root.querySelector('.banner.danger'));
    expect(root.querySelector('.banner')?.textContent).to.contain('What you typed is still here');
    expect(control(root, 'customer_name').value).to.equal('Meridian Group');
    await expect(portal).to.be.accessible();
  });

  it('keeps what was typed while the customer looks at another section', async () => {
    const { portal, root } = await show();
    type(root, 'email', 'new@meridian.example');
    portal.section = 'invoices';
    await portal.updateComplete;
    portal.section = 'profile';
    await portal.updateComplete;
    expect(control(root, 'email').value).to.equal('new@meridian.example');
  });

  it('sends an address of its own for shipping', async () => {
    const { root, wire } = await show();
    root.querySelector<HTMLInputElement>('.check input')?.click();
    await waitUntil(() => control(root, 'ship_to_address.line1'));
    type(root, 'ship_to_address.line1', '2 Dock Street');
    save(root);
    await waitUntil(() => status(root) !== '');
    const [call] = await wire.calls('PATCH profile');
    expect(call?.body).to.have.nested.property('ship_to_address.line1', '2 Dock Street');
  });

  it('shows text and why, where nothing may be changed', async () => {
    const { portal, root } = await show({
      'POST session/redeem': [{ body: opened({ session: portalSession({ read_only: true }) }) }],
    });
    expect(root.querySelector('form')).to.be.null;
    expect(root.querySelector('zk-profile-facts')?.shadowRoot?.textContent).to.contain('accounts@meridian.example');
    await expect(portal).to.be.accessible();
  });

  it('can be asked for again when it did not come', async () => {
    const { portal, root } = await show({
      'GET profile': [refused(500, { request_id: 'req_9' }), { body: profile, etag: '"1"' }],
    });
    expect(root.querySelector('.state')?.textContent).to.contain('req_9');
    await expect(portal).to.be.accessible();
    root.querySelector<HTMLElement>('.state .button')?.click();
    await waitUntil(() => root.querySelector('form'));
  });
});
