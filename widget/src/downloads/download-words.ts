import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../ui/icons/icons.ts';
import { liveRegion } from '../ui/live-region/live-region.ts';
import type { ViewContext } from '../ui/view-context.ts';
import type { FileSaver } from './file-saver.ts';
import { downloadIcon, spinnerIcon } from './icons.ts';

/** The icon of a button that downloads: it turns while the file is on its way. */
export const saverIcon = ({ status }: FileSaver): TemplateResult =>
  icon(status === 'busy' ? spinnerIcon : downloadIcon);

/**
 * How the download goes, to hear, and what went wrong, to see: in its place, or as a bubble under the button. `problem`
 * is what is wrong before anything was asked for.
 */
export const saverWords = (
  saver: FileSaver,
  ctx: ViewContext,
  { problem = '', isBubble = false }: { problem?: string; isBubble?: boolean } = {},
): TemplateResult => {
  const text = problem || saver.problem(ctx);
  return html`
    ${liveRegion(saver.announcement(ctx))}
    <div id="problem" role="alert">
      ${text ? html`<p class="problem ${isBubble ? 'bubble' : ''}">${text}</p>` : nothing}
    </div>
  `;
};
