import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { alertIcon, icon } from '../ui/icons/icons.ts';

export interface FieldOptions {
  /** Where the value stands in the draft: `address.line1`. Also the id of the control. */
  path: string;
  label: string;
  value: string;
  problem: string | undefined;
  /** The word "optional", for fields that may stay empty. */
  optional?: string;
  type?: 'text' | 'email' | 'tel';
  width?: 'half' | 'third';
  maxLength?: number;
  autocomplete?: AutoFill;
  /** Makes it a choice instead of a line of text; the first entry is for "nothing chosen". */
  options?: readonly { value: string; label: string }[];
  onInput: (value: string) => void;
  onLeave: () => void;
}

const problemId = (path: string): string => `${path}-problem`;

/** One labelled control with what is wrong with it. */
export const field = (options: FieldOptions): TemplateResult => html`
  <div class="field ${options.width ?? ''}">
    <label for=${options.path}>
      ${options.label}${options.optional ? html`${' '}<span class="optional">(${options.optional})</span>` : nothing}
    </label>
    ${options.options ? choice(options, options.options) : line(options)}
    ${
      options.problem
        ? html`<p class="field-problem" id=${problemId(options.path)}>${icon(alertIcon)}${options.problem}</p>`
        : nothing
    }
  </div>
`;

const line = (options: FieldOptions): TemplateResult => html`
  <input
    part="input"
    class="input"
    id=${options.path}
    type=${options.type ?? 'text'}
    maxlength=${options.maxLength ?? 255}
    autocomplete=${options.autocomplete ?? 'off'}
    aria-invalid=${options.problem ? 'true' : 'false'}
    aria-describedby=${options.problem ? problemId(options.path) : nothing}
    .value=${options.value}
    @input=${(event: Event) => options.onInput((event.target as HTMLInputElement).value)}
    @blur=${options.onLeave}
  />
`;

const choice = (options: FieldOptions, entries: readonly { value: string; label: string }[]): TemplateResult => html`
  <select
    part="input"
    class="input"
    id=${options.path}
    autocomplete=${options.autocomplete ?? 'off'}
    aria-invalid=${options.problem ? 'true' : 'false'}
    aria-describedby=${options.problem ? problemId(options.path) : nothing}
    @change=${(event: Event) => options.onInput((event.target as HTMLSelectElement).value)}
    @blur=${options.onLeave}
  >
    ${entries.map(
      ({ value, label }) => html`<option value=${value} ?selected=${value === options.value}>${label}</option>`,
    )}
  </select>
`;
