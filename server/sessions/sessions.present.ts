import type { Branding } from '#contract/branding.ts';
import { Section } from '#contract/sessions.ts';
import type { PortalSession } from '#contract/sessions.ts';
import type { OpenedRow } from './sessions.repository.ts';

const parsed = new Map<string, readonly Section[]>();

/** Of a text that we have written: there are as many as there are choices of sections. */
export const parseSections = (text: string): readonly Section[] => {
  let sections = parsed.get(text);
  if (sections === undefined) {
    const granted = new Set(text.split(' '));
    sections = Section.options.filter((section) => granted.has(section));
    parsed.set(text, sections);
  }
  return sections;
};

export const presentSession = (row: OpenedRow, branding: Branding): PortalSession => ({
  id: row.id,
  sections: [...parseSections(row.sections)],
  read_only: row.read_only === 1,
  staff_view: row.is_staff_view === 1 ? { name: row.staff_name ?? '' } : null,
  return_url: row.return_url,
  locale: row.locale,
  time_zone: row.time_zone,
  organisation: { id: row.organisation_id, name: row.organisation_name, branding },
  customer: { id: row.customer_id, name: row.customer_name },
});
