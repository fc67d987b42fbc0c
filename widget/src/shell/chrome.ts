import type { PortalSession, Section } from '#contract/sessions.ts';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PortalApi } from '../api/portal-api.ts';
import { shellMessages } from '../i18n/shell.en.ts';
import { banner } from '../ui/banner/banner.ts';
import { innerParts } from '../ui/inner-parts.ts';
import { tabList } from '../ui/tabs/tabs.ts';
import { header } from './header.ts';
import type { HeaderOptions } from './header.ts';

interface ChromeOptions extends Omit<HeaderOptions, 'session' | 'hasProfile'> {
  api: PortalApi;
  portal: PortalSession;
  /** The sections that can be reached, in order. */
  sections: readonly Section[];
  openSection: Section;
  hideHeader: boolean;
  isOffline: boolean;
  onSelect: (section: Section) => void;
}

/** Everything around the open section: banners, header, summary and tabs. */
export const chrome = (options: ChromeOptions): TemplateResult => {
  const { ctx, portal, sections, openSection, hideHeader } = options;
  const t = ctx.localizer.in(shellMessages);
  const { staff_view: staffView, read_only: isReadOnly, customer } = portal;
  const tabs = tabSections(sections, hideHeader);
  return html`
    ${staffView ? banner('neutral', t('shell.staff_view', { staff: staffView.name, customer: customer.name })) : nothing}
    ${isReadOnly && !staffView ? banner('neutral', t('shell.read_only')) : nothing}
    ${hideHeader ? nothing : header({ ...options, hasProfile: sections.includes('profile'), session: portal })}
    ${options.isOffline ? banner('neutral', t('shell.offline')) : nothing}
    ${
      sections.includes('invoices')
        ? html`<zk-summary part="summary" exportparts=${innerParts} .ctx=${ctx} .api=${options.api}></zk-summary>`
        : nothing
    }
    ${
      tabs.length > 1 || (tabs.length === 1 && !tabs.includes(openSection))
        ? html`<div part="tabs">
            ${tabList({
              label: t('shell.sections'),
              tabs: tabs.map((id) => ({ id, label: t(`shell.${id}`) })),
              selected: openSection,
              onSelect: (id) => options.onSelect(id as Section),
            })}
          </div>`
        : nothing
    }
  `;
};

/** The profile is in the header's menu; without a header it is a tab. */
export const tabSections = (sections: readonly Section[], hideHeader: boolean): Section[] =>
  sections.filter((section) => section !== 'profile' || hideHeader);
