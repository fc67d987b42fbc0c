import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import { accents, addressOf, densities, directions, locales, themes, widths } from './settings.ts';
import type { Settings } from './settings.ts';
import { groups } from './state.ts';
import { galleryStates } from './states.ts';

/** The gallery around the state that it shows: every choice is in the address, and loads the page anew. */
export function browse(settings: Settings): void {
  const { body } = document;
  document.title = `${settings.state} · Gallery · Zenskar portal`;
  render(
    html`
      <nav aria-label="States">
        <h1>Gallery</h1>
        ${groups.map((group) => statesOf(group, settings))}
      </nav>
      <div class="stage">
        <form aria-label="How it is shown" @submit=${(event: Event) => event.preventDefault()}>
          ${choice(settings, 'theme', themes)} ${choice(settings, 'locale', locales)}
          ${choice(settings, 'dir', directions)} ${choice(settings, 'density', densities)}
          ${choice(settings, 'width', widths)} ${choice(settings, 'accent', accents)}
          <a href=${addressOf(settings, true)} target="_blank">Alone</a>
        </form>
        <iframe
          title=${settings.state}
          class="width-${settings.width}"
          src=${`gallery${addressOf({ ...settings, width: 'full' }, true)}`}
        ></iframe>
        <p class="hint">
          Forced colours and reduced motion are the browser's: emulate them in its developer tools, under Rendering.
        </p>
      </div>
    `,
    body,
  );
  document.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
}

const statesOf = (group: string, settings: Settings): TemplateResult => html`
  <h2>${group}</h2>
  <ul>
    ${galleryStates
      .filter((state) => state.group === group)
      .map(
        ({ name, title }) => html`
          <li>
            <a
              href=${addressOf({ ...settings, state: name })}
              aria-current=${name === settings.state ? 'page' : nothing}
              >${title}</a
            >
          </li>
        `,
      )}
  </ul>
`;

const choice = (settings: Settings, name: keyof Settings, values: readonly string[]): TemplateResult => html`
  <label>
    ${name}
    <select
      @change=${({ target }: Event) =>
        location.assign(addressOf({ ...settings, [name]: (target as HTMLSelectElement).value }))}
    >
      ${[...new Set([...values, settings[name]])].map(
        (value) => html`<option value=${value} ?selected=${value === settings[name]}>${value || 'usual'}</option>`,
      )}
    </select>
  </label>
`;
