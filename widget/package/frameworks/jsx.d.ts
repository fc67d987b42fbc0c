/**
 * The portal's elements as plain tags in the JSX of React 19: `"types": ["zenskar-portal/jsx"]` in the tsconfig.json.
 * The components of `zenskar-portal/react` need nothing of this.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ElementTypes, TemplateElements } from './elements.js';

type Handlers<Events> = {
  [Name in keyof Events & string as `on${Name}`]?: ((event: Events[Name]) => void) | undefined;
};

type Optional<Values> = { [Name in keyof Values]?: Values[Name] | undefined };

type Tag<Types extends ElementTypes> = Omit<
  DetailedHTMLProps<HTMLAttributes<Types['element']>, Types['element']>,
  keyof Types['properties']
> &
  Optional<Types['properties'] & Types['attributes']> &
  Handlers<Types['events']>;

type Elements = { [Name in keyof TemplateElements]: Tag<TemplateElements[Name]> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
