import { html } from 'lit';
import type { TemplateResult } from 'lit';
import '../../widget/src/downloads/define-button.ts';
import '../../widget/src/ui/menu/define.ts';
import { field } from '../../widget/src/profile/field.ts';
import { profileStyles } from '../../widget/src/profile/profile.styles.ts';
import { failure } from '../../widget/src/testing/failure.ts';
import { Stage } from '../../widget/src/testing/stage-element.ts';
import { viewContext } from '../../widget/src/testing/view-context.ts';
import { banner } from '../../widget/src/ui/banner/banner.ts';
import { meter } from '../../widget/src/ui/meter/meter.ts';
import { skeletonLines } from '../../widget/src/ui/skeleton/skeleton-lines.ts';
import { skeletonLinesStyles } from '../../widget/src/ui/skeleton/skeleton-lines.styles.ts';
import { skeletonRows } from '../../widget/src/ui/skeleton/skeleton.ts';
import { statusPill } from '../../widget/src/ui/status-pill/status-pill.ts';
import { panelId, tabId, tabList } from '../../widget/src/ui/tabs/tabs.ts';

/** Wears what each view has of its own besides. */
export class PartStage extends Stage {
  static override styles = [...Stage.styles, ...skeletonLinesStyles, profileStyles];
}

const ctx = viewContext();
const ignore = (): void => undefined;
const getFile = (): Promise<never> => Promise.reject(failure());
const aField = (label: string, part: Partial<Parameters<typeof field>[0]>): TemplateResult =>
  field({ path: label, label, value: '', problem: undefined, onInput: ignore, onLeave: ignore, ...part });

/** What the elements are made of, in English: their texts are the views' own. */
export const parts = {
  buttons: () => html`
    <p>
      <button class="button" type="button">Button</button>
      <button class="button primary" type="button">Primary</button>
      <button class="button" type="button" disabled>Disabled</button>
      <button class="button primary" type="button" aria-disabled="true">Busy</button>
      <button class="link" type="button">Link</button>
      <zk-download-button
        .ctx=${ctx}
        .api=${{ getFile }}
        .file=${{ path: 'statement' }}
        label="Download"
      ></zk-download-button>
      <zk-download-button
        .ctx=${ctx}
        .api=${{ getFile }}
        .file=${{ path: 'statement' }}
        label="Download PDF: INV-7"
        text="Download PDF"
      ></zk-download-button>
    </p>
  `,
  pills: () => html`
    <p>
      ${statusPill('success', 'Paid')} ${statusPill('pending', 'Approved')} ${statusPill('partial', 'Partially paid')}
      ${statusPill('danger', 'Overdue by 12 days')} ${statusPill('neutral', 'Void')}
    </p>
  `,
  menu: () => html`
    <zk-menu
      boxed
      label="Account"
      .items=${[
        { id: 'profile', label: 'Profile' },
        { id: 'billing', label: 'Billing information' },
        { id: 'return', label: 'Return to Northwind Cloud', href: '#', separated: true },
      ]}
      >Account</zk-menu
    >
  `,
  tabs: () => html`
    ${tabList({
      label: 'Sections',
      tabs: ['Invoices', 'Payments', 'Entitlements'].map((label) => ({ id: label.toLowerCase(), label })),
      selected: 'payments',
      onSelect: ignore,
    })}
    <div id=${panelId('payments')} role="tabpanel" aria-labelledby=${tabId('payments')} tabindex="0">Payments</div>
  `,
  banners: () => html`
    ${banner('neutral', 'You are viewing as Ada of Northwind Cloud. Nothing can be changed.')}
    ${banner('danger', 'Your session has ended.')}
  `,
  meters: () =>
    html`${[0, 40, 85, 100].map(
      (value) =>
        html`<p>${value} of 100 ${meter({ label: 'API calls', value, max: 100, text: `${value} of 100` })}</p>`,
    )}`,
  fields: () => html`
    <fieldset>
      ${aField('Name', { value: 'Meridian Logistics' })} ${aField('E-mail', { optional: 'optional', type: 'email' })}
      ${aField('Phone', { value: '12', problem: 'Enter a phone number with digits, spaces and + only' })}
      ${aField('Country', {
        options: [
          { value: '', label: 'Choose a country' },
          { value: 'IE', label: 'Ireland' },
        ],
      })}
    </fieldset>
  `,
  skeletons: () => html`${skeletonRows({ ctx, rows: 3, columns: 4 })} ${skeletonLines({ ctx, lines: 4 })}`,
} as const satisfies Record<string, () => TemplateResult>;

export type PartName = keyof typeof parts;
