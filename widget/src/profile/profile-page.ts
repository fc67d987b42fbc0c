import { html, LitElement } from 'lit';
export class ZkProfilePage extends LitElement {
  override render(): unknown {
    return html``;
  }
}
