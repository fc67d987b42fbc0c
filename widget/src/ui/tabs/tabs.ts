import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

export interface Tab {
  id: string;
  label: string;
}

/**
 * The row of tabs by the ARIA Authoring Practices, selection following focus. The panel is the caller's, in the same
 * root: `<div id=${panelId(id)} role="tabpanel" aria-labelledby=${tabId(id)} tabindex="0">`.
 */
export const tabList = (options: {
  label: string;
  tabs: readonly Tab[];
  selected: string;
  onSelect: (id: string) => void;
}): TemplateResult => {
  const handleKeydown = (event: KeyboardEvent): void => {
    const next = indexForKey(event, options);
    const tab = options.tabs.at(next ?? -1);
    if (next === undefined || !tab) return;
    event.preventDefault();
    const buttons = (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]');
    buttons[options.tabs.indexOf(tab)]?.focus();
    options.onSelect(tab.id);
  };
  const hasSelection = options.tabs.some(({ id }) => id === options.selected);
  const reachable = hasSelection ? options.selected : options.tabs[0]?.id;
  return html`
    <div class="tabs" role="tablist" aria-label=${options.label} @keydown=${handleKeydown}>
      ${options.tabs.map(
        ({ id, label }) => html`
          <button
            part="tab"
            id=${tabId(id)}
            type="button"
            role="tab"
            aria-selected=${id === options.selected}
            aria-controls=${id === options.selected ? panelId(id) : nothing}
            tabindex=${id === reachable ? 0 : -1}
            @click=${() => options.onSelect(id)}
          >
            ${label}
          </button>
        `,
      )}
    </div>
  `;
};

export const tabId = (id: string): string => `tab-${id}`;
export const panelId = (id: string): string => `panel-${id}`;

function indexForKey(
  event: KeyboardEvent,
  { tabs, selected }: { tabs: readonly Tab[]; selected: string },
): number | undefined {
  const forward = getComputedStyle(event.currentTarget as HTMLElement).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const current = tabs.findIndex(({ id }) => id === selected);
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      return (current + (event.key === forward ? 1 : -1)) % tabs.length;
    case 'Home':
      return 0;
    case 'End':
      return -1;
    default:
      return undefined;
  }
}
