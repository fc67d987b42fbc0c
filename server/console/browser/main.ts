import './define.ts';

const pageStyle = new CSSStyleSheet();
pageStyle.replaceSync(`
  body {
    margin: 0;
    font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  }
`);
document.adoptedStyleSheets.push(pageStyle);
document.body.replaceChildren(document.createElement('zk-console'));
