import type { Section } from '#contract/sessions.ts';
import { nothing } from 'lit';
import { PortalElement } from './portal-element.ts';
import type { Outline } from './ui/skeleton/outline.ts';

/** One section by itself, for pages that place the parts of the portal among their own content. */
export abstract class SectionElement extends PortalElement {
  protected abstract readonly shown: Section;

  protected override get chosen(): readonly Section[] {
    return [this.shown];
  }

  protected override get outline(): Outline {
    return 'section';
  }

  protected override renderChrome(): unknown {
    return nothing;
  }
}
