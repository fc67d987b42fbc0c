import { SectionElement } from './section-element.ts';

/**
 * @summary The customer's name, addresses and tax ids, to see and to change.
 * @tagname zenskar-profile
 * @csspart panel - The open section.
 * @csspart banner - A line over the content: what failed, or has to be put right.
 * @csspart input - Fields and choices.
 * @event zenskar-profile-saved - The customer changed the profile.
 */
export class ZenskarProfile extends SectionElement {
  protected override readonly shown = 'profile';
}

declare global {
  interface HTMLElementTagNameMap {
    'zenskar-profile': ZenskarProfile;
  }
}
