import { html } from 'lit';
import type { TemplateResult } from 'lit';

interface Choices<Value extends string> {
  className?: string;
  name: string;
  legend: string;
  isLegendHidden?: boolean;
  options: readonly { value: Value; label: string }[];
  selected: Value;
  isDisabled?: boolean;
  onSelect: (value: Value) => void;
}

/** A few choices side by side, of which one holds: radio buttons that look like a switch. */
export const choices = <Value extends string>({
  className = '',
  name,
  legend,
  isLegendHidden = false,
  options,
  selected,
  isDisabled = false,
  onSelect,
}: Choices<Value>): TemplateResult => html`
  <fieldset class="choices ${className}" ?disabled=${isDisabled}>
    <legend class=${isLegendHidden ? 'visually-hidden' : ''}>${legend}</legend>
    <div class="segments">
      ${options.map(
        ({ value, label }) =>
          html`<label>
            <input
              type="radio"
              name=${name}
              value=${value}
              .checked=${value === selected}
              @change=${() => onSelect(value)}
            /><span>${label}</span>
          </label>`,
      )}
    </div>
  </fieldset>
`;
