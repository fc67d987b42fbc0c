import { css } from 'lit';

export const hostedPageStyles = css`
  :host {
    display: block;
    min-block-size: 100vh;
    background: var(--zk-background);
    color: var(--zk-text);
    font-family: var(--zk-brand-font, system-ui, sans-serif);
    font-size: 14px;
    line-height: 20px;
  }
  zenskar-portal {
    max-inline-size: 1120px;
    margin-inline: auto;
    padding: 16px;
  }
  :host([framed]) zenskar-portal {
    padding: 0;
  }
  .card {
    display: grid;
    justify-items: center;
    gap: 12px;
    max-inline-size: 400px;
    margin-inline: auto;
    padding: 15vh 24px 24px;
    text-align: center;
  }
  .logo {
    max-inline-size: 200px;
    block-size: 40px;
    object-fit: contain;
  }
  h1 {
    margin: 0;
    font-size: 20px;
    line-height: 28px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .card p,
  .card .button {
    overflow-wrap: anywhere;
  }
  .card .button {
    margin-block-start: 8px;
  }
`;
