import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { alertIcon, icon, infoIcon } from '../icons/icons.ts';

/** A line over the content. `content` is text, or a template with a link or button in it. */
export const banner = (tone: 'neutral' | 'danger', content: unknown): TemplateResult => html`
  <div part="banner" class="banner ${tone}" role=${tone === 'danger' ? 'alert' : 'status'}>
    ${icon(tone === 'danger' ? alertIcon : infoIcon)}
    <div>${content}</div>
  </div>
`;
