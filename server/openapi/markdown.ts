import { html } from './html.ts';
import type { Html } from './html.ts';

const marks = /(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))/;

/** `code`, **strong** and [links](address); all else is text. */
export const inline = (text: string): Html[] =>
  text.split(marks).map((part) => {
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
    if (link !== null) {
      return html`<a href="${link[2]}">${link[1]}</a>`;
    }
    if (part.startsWith('**')) {
      return html`<strong>${part.slice(2, -2)}</strong>`;
    }
    return part.startsWith('`') ? html`<code>${part.slice(1, -1)}</code>` : html`${part}`;
  });

/** As much Markdown as the contract's descriptions are written in: paragraphs, lists, and what `inline` knows. */
export const markdown = (text: string): Html[] =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map((block) => {
      const lines = block.split('\n').map((line) => line.trim());
      return lines.every((line) => line.startsWith('- '))
        ? html`<ul>
            ${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}
          </ul>`
        : html`<p>${inline(lines.join(' '))}</p>`;
    });
