import { migrationOf } from './statements.ts';

/** `sections` is null where a session shows them all, also those that a later version brings. */
export const portalConfiguration = migrationOf(`
alter table branding add column radius integer;
alter table branding add column font_family text;
alter table branding add column theme text check (theme in ('light', 'dark', 'auto'));

alter table organisation add column sections text;
alter table organisation add column configuration_version integer not null default 1;
`);
