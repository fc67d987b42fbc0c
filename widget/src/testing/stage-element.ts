import { LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { tokens } from '../theme/tokens.styles.ts';
import { bannerStyles } from '../ui/banner/banner.styles.ts';
import { listViewStyles } from '../ui/list-view/list-view.styles.ts';
import { meterStyles } from '../ui/meter/meter.styles.ts';
import { tabsStyles } from '../ui/tabs/tabs.styles.ts';

/** A host that carries the theme and the styles of all parts, as the shell does in the portal. */
export class Stage extends LitElement {
  static override styles = [tokens, ...listViewStyles, bannerStyles, meterStyles, tabsStyles];

  @property({ attribute: false }) content: TemplateResult | undefined;

  override render(): unknown {
    return this.content;
  }
}
