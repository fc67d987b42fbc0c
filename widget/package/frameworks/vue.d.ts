/**
 * The portal's elements in Vue's templates, for vue-tsc and editors: `"types": ["zenskar-portal/vue"]` in the
 * tsconfig.json. Properties are bound by their own names, `:fetchSession`; events are `@zenskar-ready`.
 */
import type { HTMLAttributes, PublicProps } from 'vue';
import type { ElementTypes, TemplateElements } from './elements.js';

type Pascal<Text extends string> = Text extends `${infer Word}-${infer Rest}`
  ? `${Capitalize<Word>}${Pascal<Rest>}`
  : Capitalize<Text>;

type Handlers<Events> = {
  [Name in keyof Events & string as `on${Pascal<Name>}`]?: ((event: Events[Name]) => void) | undefined;
};

type InTemplate<Types extends ElementTypes> = new () => Types['element'] & {
  $props: PublicProps &
    Omit<HTMLAttributes, keyof Types['properties']> &
    Partial<Types['properties']> &
    Handlers<Types['events']>;
};

type Elements = { [Tag in keyof TemplateElements]: InTemplate<TemplateElements[Tag]> };

declare module 'vue' {
  interface GlobalComponents extends Elements {}
}
