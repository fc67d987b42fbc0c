import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import type { PortalConfiguration } from '#contract/configuration.ts';
import type { ZenskarPortal } from '../../../../widget/src/zenskar-portal.ts';
import {
  console_,
  demo,
  expectAccessible,
  findAll,
  focused,
  json,
  open,
  openLoggedIn,
  post,
  press,
  shown,
  textOf,
  type,
} from '../testing/console-stage.ts';

const path = '/console/branding';
const api = '/console/api/configuration';

interface Read {
  body: PortalConfiguration;
  etag: string;
}

const read = async (): Promise<Read> => {
  const answer = await fetch(api);
  return { body: (await answer.json()) as PortalConfiguration, etag: answer.headers.get('etag') ?? '' };
};

/** What somebody else at the same merchant does meanwhile. */
const saveElsewhere = async (branding: Partial<PortalConfiguration['branding']>, allowed?: string[]): Promise<void> => {
  const { body, etag } = await read();
  const { allowed_origins, return_origins, sections } = body;
  const settings = { allowed_origins: allowed ?? allowed_origins, return_origins, sections };
  const answer = await fetch(api, {
    method: 'PUT',
    headers: { ...json, 'if-match': etag },
    body: JSON.stringify({ branding: { ...body.branding, ...branding }, ...settings }),
  });
  expect(answer.status).to.equal(200);
};

const noLook = { logo_url: null, accent: null, radius: null, font_family: null, theme: null };

async function openBranding(options?: { theme: string }): Promise<void> {
  await open(path, options);
  await shown('#accent');
  await shown('[part~=header]');
}

const preview = (): ZenskarPortal => {
  const [portal] = findAll('zenskar-portal');
  if (!portal) throw new Error('There is no preview');
  return portal as ZenskarPortal;
};
const worn = (name: string): string => getComputedStyle(preview()).getPropertyValue(name).trim();
const choose = (name: string, value: string): void => findAll(`input[name=${name}][value=${value}]`)[0]?.click();
const save = (): Promise<void> => press('button[type=submit]', 'Save');

async function slide(pixels: number): Promise<void> {
  await type('#radius', String(pixels));
}

describe('Branding', () => {
  beforeEach(async () => {
    expect((await post('login', demo.staff)).status).to.equal(200);
    await saveElsewhere(noLook);
  });

  it('is worn by a portal beside the form while somebody tries things out, and nothing is saved', async () => {
    await openBranding();
    await type('#accent', '#ffe600');
    await slide(3);
    await waitUntil(() => worn('--zk-radius') === '3px');
    expect(worn('--zk-accent')).to.equal('rgb(255, 230, 0)');
    await shown('#accent-hint', 'black, 16.5:1');
    await shown('#accent-hint', 'darker shade');
    expect((findAll('input[type=color]')[0] as HTMLInputElement).value).to.equal('#ffe600');

    await type('input[type=color]', '#0f766e');
    await shown('#accent-hint', 'white, 5.4:1');
    expect(((await shown('#accent')) as HTMLInputElement).value).to.equal('#0f766e');

    const font = (await shown('#font')) as HTMLSelectElement;
    font.value = font.options[3]?.value ?? '';
    font.dispatchEvent(new Event('change'));
    await waitUntil(() => getComputedStyle(preview()).fontFamily.includes('Helvetica'));

    choose('theme', 'dark');
    await waitUntil(() => getComputedStyle(preview()).colorScheme === 'dark');
    expect((await read()).body.branding).to.deep.equal(noLook);
  });

  it('keeps the preview where it is while the look changes', async () => {
    await openBranding();
    await press('[role=tab]', 'Payments');
    await shown('tbody tr', 'Payment for');
    await slide(20);
    await waitUntil(() => worn('--zk-radius') === '20px');
    await shown('[role=tab][aria-selected=true]', 'Payments');
  });

  it('shows the portal in a light and in a dark page, wide and on a phone', async () => {
    await openBranding();
    choose('page', 'dark');
    await waitUntil(() => getComputedStyle(preview()).colorScheme === 'dark');
    choose('width', 'phone');
    await waitUntil(() => preview().offsetWidth < 390);
    choose('theme', 'light');
    await waitUntil(() => getComputedStyle(preview()).colorScheme === 'light');
    expect(findAll('input[name=page]').every((input) => input.matches(':disabled'))).to.equal(true);
  });

  it('is saved, says so, and is there when the page is opened again', async () => {
    await openBranding();
    await type('#accent', '#0F7');
    await slide(0);
    choose('theme', 'auto');
    await shown('.told', 'Unsaved changes');
    await save();
    await shown('.told', 'Saved.');
    expect((await read()).body.branding).to.deep.equal({ ...noLook, accent: '#00ff77', radius: 0, theme: 'auto' });
    console_.remove();
    await openBranding();
    expect(((await shown('#accent')) as HTMLInputElement).value).to.equal('#00ff77');
    await shown('output', '0 px, square');
    await save();
    await shown('.told', 'There is nothing to save.');
  });

  it('goes back to what was saved, and to the defaults', async () => {
    await saveElsewhere({ accent: '#123456', radius: 4 });
    await openBranding();
    await type('#accent', '#654321');
    await press('.actions button', 'Reset');
    await waitUntil(() => worn('--zk-accent') === 'rgb(18, 52, 86)');
    await press('[aria-label="Use the default accent"]');
    await press('[aria-label="Use the default corners"]');
    await shown('#accent-hint', 'Indigo');
    await waitUntil(() => worn('--zk-radius') === '8px');
    await save();
    await shown('.told', 'Saved.');
    expect((await read()).body.branding).to.deep.equal(noLook);
  });

  it('says at its field what cannot be saved, and goes there', async () => {
    await openBranding();
    await type('#logo_url', 'http://shop.example/logo.png');
    await type('#accent', 'red');
    await save();
    await shown('[role=alert]', '2 fields need another look.');
    await shown('#logo_url-problem', 'https://');
    await shown('#accent-problem', '#0f766e');
    expect(focused()?.id).to.equal('logo_url');
    await expectAccessible();
    await type('#accent', '#ff0000');
    await waitUntil(() => findAll('#accent-problem').length === 0);
    expect((await read()).body.branding).to.deep.equal(noLook);
  });

  it('shows at its field what the server refuses', async () => {
    await openBranding();
    await type('#logo_url', 'https://somebody:secret@shop.example/logo.png');
    await save();
    await shown('#logo_url-problem', 'Expected an https address');
    expect(focused()?.id).to.equal('logo_url');
  });

  it('says when there is no image at the address of the logo', async () => {
    await openBranding();
    await type('#logo_url', new URL('/no-such-logo.png', location.href).href);
    await shown('#logo_url-hint', 'No image could be loaded');
    await type('#logo_url', new URL('/console-test/logo.png', 'https://shop.example').href);
    await waitUntil(() => findAll('img[part~=logo]').length === 1);
  });

  it('takes a font of any name, and none that is no list of names', async () => {
    await openBranding();
    const font = (await shown('#font')) as HTMLSelectElement;
    font.value = 'own';
    font.dispatchEvent(new Event('change'));
    await type('#font_family', 'Inter; color: red');
    await save();
    await shown('#font_family-problem', 'names of fonts');
    await type('#font_family', "'Source Sans 3', serif");
    await save();
    await shown('.told', 'Saved.');
    expect((await read()).body.branding.font_family).to.equal("'Source Sans 3', serif");
  });

  it('that somebody else has changed meanwhile is not overwritten unasked', async () => {
    await openBranding();
    await type('#accent', '#111111');
    await saveElsewhere({ accent: '#222222' });
    await save();
    await shown('.conflict', 'Theirs: #222222 Yours: #111111');
    expect((await read()).body.branding.accent).to.equal('#222222');
    await expectAccessible();
    await press('.conflict button', 'Save yours over it');
    await shown('.told', 'Saved.');
    expect((await read()).body.branding.accent).to.equal('#111111');

    await type('#accent', '#333333');
    await saveElsewhere({ accent: '#444444' });
    await save();
    await press('.conflict button', 'Take theirs');
    await waitUntil(() => worn('--zk-accent') === 'rgb(68, 68, 68)');
    expect(((await shown('#accent')) as HTMLInputElement).value).to.equal('#444444');
  });

  it('is saved all the same when somebody else has changed only the origins', async () => {
    await openBranding();
    await type('#accent', '#111111');
    const { allowed_origins: allowed } = (await read()).body;
    await saveElsewhere({}, [...allowed, 'https://new.example']);
    await save();
    await shown('.told', 'Saved.');
    const { body } = await read();
    expect(body.branding.accent).to.equal('#111111');
    expect(body.allowed_origins).to.include('https://new.example');
    await saveElsewhere({}, allowed);
  });

  it('is not lost when the session ends before it is saved', async () => {
    await openBranding();
    await type('#accent', '#111111');
    await post('logout');
    await save();
    await type('#password', demo.staff.password);
    await press('button[type=submit]', 'Log in');
    await shown('[role=status]', 'save once more');
    expect(((await shown('#accent')) as HTMLInputElement).value).to.equal('#111111');
    await save();
    await shown('.told', 'Saved.');
  });

  it('says when it could not be saved, with the request to quote', async () => {
    await openBranding();
    await type('#accent', '#111111');
    const { fetch: original } = window;
    const body = { code: 'internal_error', message: 'No', request_id: 'req-9', retryable: false };
    window.fetch = () => Promise.resolve(new Response(JSON.stringify(body), { status: 500, headers: json }));
    await save();
    await shown('[role=alert]', 'req-9').finally(() => (window.fetch = original));
    expect(((await shown('#accent')) as HTMLInputElement).value).to.equal('#111111');
  });

  it('asks before what was set is lost, by link and by going back', async () => {
    await open('/console/embed');
    await shown('h1');
    await press('nav a', 'Branding');
    await type('#accent', '#111111');
    await press('nav a', 'API keys');
    await shown('dialog[open] h2', 'Leave without saving?');
    expect(textOf(focused() as HTMLElement)).to.equal('Stay');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => findAll('dialog[open]').length === 0);
    expect(location.pathname).to.equal(path);

    history.back();
    await shown('dialog[open] h2', 'Leave without saving?');
    expect(location.pathname).to.equal(path);
    expect(((await shown('#accent')) as HTMLInputElement).value).to.equal('#111111');
    await press('dialog[open] button', 'Leave');
    await shown('h1', 'Embed');
    expect(location.pathname).to.equal('/console/embed');
    expect((await read()).body.branding).to.deep.equal(noLook);
  });

  it('is done by keys alone', async () => {
    await openBranding();
    (await shown('#accent')).focus();
    await sendKeys({ type: '#0f766e' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    expect(focused()?.id).to.equal('radius');
    await sendKeys({ press: 'ArrowRight' });
    await shown('output', '9 px');
    expect(focused()?.getAttribute('aria-valuetext')).to.equal('9 px');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    expect(focused()?.id).to.equal('font');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'ArrowRight' });
    expect((focused() as HTMLInputElement).value).to.equal('auto');
    await sendKeys({ press: 'Enter' });
    await shown('.told', 'Saved.');
    expect((await read()).body.branding).to.deep.equal({ ...noLook, accent: '#0f766e', radius: 9, theme: 'auto' });
  });

  for (const theme of ['light', 'dark']) {
    it(`is accessible in ${theme}`, async () => {
      await openBranding({ theme });
      await shown('tbody tr');
      await expectAccessible();
    });
  }

  it('fits into 320 px', async () => {
    await setViewport({ width: 320, height: 640 });
    await openBranding();
    await shown('tbody tr');
    expect(document.documentElement.scrollWidth).to.be.at.most(320);
  });

  it('could not be loaded: says so, and tries again', async () => {
    await open('/console/embed');
    await shown('h1');
    const { fetch: original } = window;
    window.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    await press('nav a', 'Branding');
    await shown('[role=alert] button', 'Try again').finally(() => (window.fetch = original));
    await press('[role=alert] button', 'Try again');
    await shown('#accent');
  });
});

describe('the way to Branding', () => {
  it('is the second in the navigation', async () => {
    await openLoggedIn('/console/customers');
    expect(findAll('nav a').map(textOf)).to.deep.equal(['Customers', 'Branding', 'Embed', 'API keys', 'Activity']);
    await press('nav a', 'Branding');
    await shown('h1', 'Branding');
    expect(document.title).to.equal('Branding – Northwind Cloud');
  });

  it('leads through the login', async () => {
    await open(path);
    await shown('h1', 'Log in to the console');
  });
});
