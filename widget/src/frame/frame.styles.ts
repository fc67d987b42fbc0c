/** The style sheet of `<zenskar-portal-frame>`, with nothing of Lit in it. */
export const frameStyles = (): CSSStyleSheet => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css`
    :host {
      display: block;
      position: relative;
    }
    :host([theme='auto']) {
      color-scheme: light dark;
    }
    :host([theme='light']) {
      color-scheme: light;
    }
    :host([theme='dark']) {
      color-scheme: dark;
    }
    :host([hidden]),
    [hidden] {
      display: none !important;
    }
    span {
      position: absolute;
      visibility: hidden;
      color: light-dark(#fff, #000);
    }
    iframe {
      display: block;
      inline-size: 100%;
      block-size: 480px;
      min-block-size: 480px;
      border: 0;
    }
    div {
      padding: 32px 16px;
      text-align: center;
    }
    button {
      padding: 8px 16px;
      font: inherit;
    }
  `);
  return sheet;
};

const css = String.raw;
