/**
 * The portal's elements in Svelte's markup, for svelte-check and editors: `"types": ["zenskar-portal/svelte"]` in the
 * tsconfig.json. Properties are set by their own names, `{fetchSession}`; events are `onzenskar-ready={…}`.
 */
import type { HTMLAttributes } from 'svelte/elements';
import type { ElementTypes, TemplateElements } from './elements.js';

type Handlers<Events> = {
  [Name in keyof Events & string as `on${Name}`]?: ((event: Events[Name]) => void) | null | undefined;
};

type Optional<Values> = { [Name in keyof Values]?: Values[Name] | null | undefined };

type InMarkup<Types extends ElementTypes> = Omit<HTMLAttributes<Types['element']>, keyof Types['properties']> &
  Optional<Types['properties'] & Types['attributes']> &
  Handlers<Types['events']>;

type Elements = { [Tag in keyof TemplateElements]: InMarkup<TemplateElements[Tag]> };

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Elements {}
}
