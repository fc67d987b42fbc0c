import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { failure } from '../testing/failure.ts';
import { downloadsDuring, fileSource, pdfAnswer } from '../testing/file-source.ts';
import { find, nextEvent, stage } from '../testing/stage.ts';
import { viewContext } from '../testing/view-context.ts';
import './define-button.ts';
import type { ZkDownloadButton } from './download-button.ts';

const file = { path: 'invoices/:invoice_id/pdf', params: { invoice_id: '7' } } as const;

async function downloadButton(answer: () => Response | Promise<Response>, { text = '', theme = 'light' } = {}) {
  const { source, calls } = fileSource(answer);
  const { root, host } = await stage(
    html`<zk-download-button
      .ctx=${viewContext()}
      .api=${source}
      .file=${file}
      label="Download PDF: INV-7"
      text=${text}
    ></zk-download-button>`,
    { theme },
  );
  const button = find<ZkDownloadButton>(root, 'zk-download-button');
  await button.updateComplete;
  return { button, host, calls };
}

const spoken = (button: ZkDownloadButton): string => find(button, '[role=status]').textContent?.trim() ?? '';

describe('zk-download-button', () => {
  it('hands the file to the browser under the name that the server gave, and says so', async () => {
    const { button, host, calls } = await downloadButton(pdfAnswer);
    const told = nextEvent(host, 'zenskar-invoice-download');
    const names = await downloadsDuring(async () => {
      find(button, 'button').click();
      await waitUntil(() => spoken(button).includes('was downloaded'));
    });
    expect((await told).invoiceId).to.equal('7');
    expect(names).to.deep.equal(['invoice-INV-7.pdf']);
    expect(calls).to.deep.equal([{ path: file.path, params: file.params, query: undefined }]);
    expect(spoken(button)).to.equal('invoice-INV-7.pdf was downloaded');
  });

  it('asks once, however often it is pressed meanwhile', async () => {
    let finish = (_response: Response): void => undefined;
    const { button, calls } = await downloadButton(() => new Promise((resolve) => (finish = resolve)));
    find(button, 'button').click();
    await button.updateComplete;
    expect(find(button, 'button').getAttribute('aria-disabled')).to.equal('true');
    expect(spoken(button)).to.equal('Preparing the file');
    find(button, 'button').click();
    await downloadsDuring(async () => {
      finish(pdfAnswer());
      await waitUntil(() => spoken(button).includes('was downloaded'));
    });
    expect(calls).to.have.length(1);
  });

  it('says that it failed, and tries again', async () => {
    let isBroken = true;
    const { button } = await downloadButton(() => {
      if (isBroken) throw failure('internal_error');
      return pdfAnswer();
    });
    find(button, 'button').click();
    await waitUntil(() => button.shadowRoot?.querySelector('.problem'));
    expect(find(button, '[role=alert]').innerText.trim()).to.equal('The download failed. Try again.');
    isBroken = false;
    await downloadsDuring(async () => {
      find(button, 'button').click();
      await waitUntil(() => spoken(button).includes('was downloaded'));
    });
    expect(find(button, '[role=alert]').innerText.trim()).to.equal('');
  });

  for (const [code, words] of [
    ['offline', 'You are offline'],
    ['scope_insufficient', 'not switched on for your account'],
  ] as const) {
    it(`says what ${code} means`, async () => {
      const { button } = await downloadButton(() => {
        throw failure(code);
      });
      find(button, 'button').click();
      await waitUntil(() => button.shadowRoot?.querySelector('.problem'));
      expect(find(button, '.problem').innerText).to.contain(words);
    });
  }

  it('does not press what it lies on', async () => {
    const { button, host } = await downloadButton(pdfAnswer);
    let presses = 0;
    host.addEventListener('click', () => (presses += 1));
    await downloadsDuring(async () => {
      find(button, 'button').click();
      await waitUntil(() => spoken(button).includes('was downloaded'));
    });
    expect(presses).to.equal(0);
  });

  for (const theme of ['light', 'dark']) {
    it(`is accessible with and without text, and when it failed, in ${theme}`, async () => {
      for (const text of ['', 'Download PDF']) {
        const { button, host } = await downloadButton(
          () => {
            throw failure('internal_error');
          },
          { text, theme },
        );
        await expect(host).to.be.accessible();
        find(button, 'button').click();
        await waitUntil(() => button.shadowRoot?.querySelector('.problem'));
        await expect(host).to.be.accessible();
      }
    });
  }
});
