import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { alertIcon, checkCircleIcon, clockIcon, halfCircleIcon, icon, minusCircleIcon } from '../icons/icons.ts';

/** What a status means, told by shape and word; the colour only repeats it. */
export type Tone = 'success' | 'pending' | 'partial' | 'danger' | 'neutral';

const shapes: Record<Tone, string> = {
  success: checkCircleIcon,
  pending: clockIcon,
  partial: halfCircleIcon,
  danger: alertIcon,
  neutral: minusCircleIcon,
};

export const statusPill = (tone: Tone, label: string): TemplateResult =>
  html`<span part="status" class="pill ${tone}">${icon(shapes[tone])}${label}</span>`;

/** `partially_paid` to `Partially paid`: the wording of a status that the catalogue does not know. */
export function statusWord(status: string): string {
  const words = status.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
