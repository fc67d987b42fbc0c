import { css } from 'lit';
import '../../../widget/src/define.ts';
import { defineElement } from '../../../widget/src/ui/define-element.ts';
import type { HostedPage } from '../visit.ts';
import { FramedPortal } from './frame/framed-portal.ts';
import { greetElement } from './frame/greet-element.ts';
import { ZkHostedPage } from './hosted-page.ts';

const unansweredMs = 10_000;

const documentStyles = css`
  body {
    margin: 0;
  }
`;

if (documentStyles.styleSheet) document.adoptedStyleSheets.push(documentStyles.styleSheet);
defineElement('zk-hosted-page', ZkHostedPage);

const description = JSON.parse(document.getElementById('page')?.textContent ?? '') as HostedPage;
const isFramed = window.parent !== window;

const page = document.createElement('zk-hosted-page');
page.page = description;
page.framed = isFramed;
const show = (): void => document.body.append(page);

if (isFramed && description.visit.kind === 'frame') {
  const giveUp = setTimeout(show, unansweredMs);
  greetElement(description.allowedOrigins, (port) => {
    clearTimeout(giveUp);
    page.remove();
    void new FramedPortal(port, description.organisation?.id ?? '');
  });
} else show();
