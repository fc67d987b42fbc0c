import type { HostPage } from './host-page.ts';

/** Style sheets that reach for everything. */
export const styledPages: readonly HostPage[] = [
  {
    name: 'a page that styles every element by force',
    css: `* { font-size: 31px !important; line-height: 3 !important; color: rgb(200, 0, 0) !important;
      letter-spacing: 4px !important; word-spacing: 9px !important; text-transform: uppercase !important;
      font-weight: 900 !important; font-style: italic !important; font-variant: small-caps !important;
      text-align: center !important; text-indent: 20px !important; text-shadow: 2px 2px red !important;
      text-decoration: line-through !important; cursor: crosshair !important; user-select: none !important;
      list-style: square !important; white-space: pre !important; word-break: break-all !important;
      hyphens: auto !important; tab-size: 1 !important; quotes: none !important; border-collapse: separate !important;
      border-spacing: 9px !important; caption-side: bottom !important; -webkit-text-stroke: 1px red !important; }`,
  },
  {
    name: 'a page that unsets everything',
    css: '* { all: unset !important; } head, script, dialog { display: none !important; }',
  },
  {
    name: 'a page whose boxes are all its own',
    css: `* { display: block !important; box-sizing: content-box !important; border: 3px dashed lime !important;
      padding: 7px !important; margin: 5px !important; background: #ff0 !important; outline: 2px solid blue !important;
      border-radius: 20px !important; } head, head *, script, dialog { display: none !important; }`,
  },
  {
    name: 'a page of inline boxes',
    css: '* { display: inline !important; } head, head *, script, dialog { display: none !important; }',
  },
  {
    name: 'a page in which everything moves',
    css: `* { transition: all 5s !important; animation: spin 1s -0.5s infinite paused !important; scroll-behavior: smooth !important; }
      @keyframes spin { from { letter-spacing: 0 } to { letter-spacing: 10px; color: red; } }`,
  },
  {
    name: 'a page with a reset like that of Tailwind',
    css: `*, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid; }
      button, input, select, textarea { font: inherit; letter-spacing: inherit; color: inherit; background: transparent; }
      table { border-collapse: collapse; text-indent: 0; } ol, ul { list-style: none; } svg, img { display: block; }
      h1, h2, h3 { font-size: inherit; font-weight: inherit; } [hidden] { display: none !important; }
      html { line-height: 1.5; tab-size: 4; } dialog { margin: 0; }`,
  },
  {
    name: 'a page with styles like those of Bootstrap',
    css: `:root { --bs-body-color: #212529; } *, *::before, *::after { box-sizing: border-box; }
      body { margin: 0; font: 400 1rem/1.5 system-ui; color: #212529; -webkit-text-size-adjust: 100%; }
      button { border-radius: 0; text-transform: none; } label { display: inline-block; } th { text-align: inherit; }
      .button, .input, .state, .portal, .panels, .header, .link, .muted, .number, header, table, dialog {
        display: none; background: red; } .panel { position: fixed; } #panel-invoices { display: none; }`,
  },
  {
    name: 'a page that sets the names that the portal uses inside',
    css: `:root, body, div { --zk-text: red; --zk-space: 40px; --zk-radius: 99px; --zk-accent: lime; --zk-font-size: 40px;
      --zk-motion: 9s; } zk-summary, zk-panel, zk-menu, zk-invoices-page { display: none; }`,
  },
];
