import { css } from 'lit';
import '../../../widget/src/define.ts';
import { defineElement } from '../../../widget/src/ui/define-element.ts';
import type { HostedPage } from '../visit.ts';
import { ZkHostedPage } from './hosted-page.ts';

const documentStyles = css`
  body {
    margin: 0;
  }
`;

if (documentStyles.styleSheet) document.adoptedStyleSheets.push(documentStyles.styleSheet);
defineElement('zk-hosted-page', ZkHostedPage);

const page = document.createElement('zk-hosted-page');
page.page = JSON.parse(document.getElementById('page')?.textContent ?? '') as HostedPage;
page.framed = window.parent !== window;
document.body.append(page);
