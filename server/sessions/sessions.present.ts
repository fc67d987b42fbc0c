import type { Branding } from '#contract/branding.ts';
import { Section } from '#contract/sessions.ts';
import type { PortalSession } from '#contract/sessions.ts';
import type { SessionRow } from './sessions.repository.ts';

export const parseSections = (text: string): Section[] => {
  const granted = new Set(text.split(' '));
  return Section.options.filter((section) => granted.has(section));
};

export const presentSession = (row: SessionRow, branding: Branding): PortalSession => ({
  id: row.id,
  sections: parseSections(row.sections),
  read_only: row.read_only === 1,
  staff_view: row.is_staff_view === 1 ? { name: row.staff_name ?? '' } : null,
  return_url: row.return_url,
  locale: row.locale,
  time_zone: row.time_zone,
  organisation: { id: row.organisation_id, name: row.organisation_name, branding },
  customer: { id: row.customer_id, name: row.customer_name },
});
