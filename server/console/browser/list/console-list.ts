import { css, LitElement } from 'lit';
import type { PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { firstPage, listState } from '../../../../widget/src/ui/list-view/list-state.ts';
import type { ListState } from '../../../../widget/src/ui/list-view/list-state.ts';
import { listView } from '../../../../widget/src/ui/list-view/list-view.ts';
import type { Listing, ListView } from '../../../../widget/src/ui/list-view/list-view.ts';
import { listViewStyles } from '../../../../widget/src/ui/list-view/list-view.styles.ts';
import type { Sort } from '../../../../widget/src/ui/data-table/data-table.ts';
import { failureOf } from '../../../../widget/src/ui/states/states.ts';
import type { ViewContext } from '../../../../widget/src/ui/view-context.ts';
import { Task } from '../../../../widget/src/ui/task/task.ts';
import { keepPlace, readPlace } from '../history-place.ts';

/** What a list of the console is made of. Keep one object a list: another one starts it again. */
export interface ListDefinition<Row> {
  /** Names its place in the history. */
  key: string;
  sort: Sort;
  load: (state: ListState, signal: AbortSignal) => Promise<Listing<Row>>;
  describe: (ctx: ViewContext) => Pick<ListView<Row>, 'table' | 'texts'> & Partial<Pick<ListView<Row>, 'filters'>>;
}

/** @summary One list of the console in all its states; where the reader is in it is kept with the history. */
export class ZkConsoleList<Row = unknown> extends LitElement {
  static override styles = [
    ...listViewStyles,
    css`
      tbody tr:has(a.row) {
        cursor: pointer;
      }
      .lines {
        display: grid;
        justify-items: start;
      }
      .numeric .lines {
        justify-items: end;
      }
      .note {
        font-size: calc(12em / 14);
      }
      .code {
        font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
        font-size: calc(12em / 14);
        overflow-wrap: anywhere;
      }
      summary {
        min-block-size: 24px;
        align-content: center;
        border-radius: 2px;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      summary::marker {
        color: var(--zk-muted);
        font-size: calc(11em / 14);
      }
      tr:has(details[open]) > * {
        vertical-align: baseline;
      }
      details dl {
        display: grid;
        gap: calc(var(--zk-space) * 1.5);
        padding-block: var(--zk-space) calc(var(--zk-space) * 2);
        padding-inline-start: calc(var(--zk-space) * 3.5);
        font-size: calc(12em / 14);
      }
      details dl > div {
        display: grid;
        grid-template-columns: minmax(0, 16ch) minmax(0, 1fr);
        gap: 0 calc(var(--zk-space) * 3);
      }
      details .code {
        font-size: inherit;
      }
      dt {
        color: var(--zk-muted);
      }
      dd {
        overflow-wrap: anywhere;
      }
      @container (width < 680px) {
        .data tbody td:has(details) {
          display: block;
          text-align: start;
        }
        .data tbody td:has(details)::before {
          content: none;
        }
      }
    `,
  ];

  @state() private place!: ListState;

  @property({ attribute: false }) ctx!: ViewContext;
  @property({ attribute: false }) definition!: ListDefinition<Row>;

  private readonly list = new Task(this, {
    task: ([definition, place], { signal }) => definition.load(JSON.parse(place) as ListState, signal),
    args: () => [this.definition, JSON.stringify(this.place)] as const,
    onError: (error) => {
      if (failureOf(error)?.code === 'cursor_invalid') this.move(firstPage);
    },
  });

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('definition')) return;
    const { key, sort } = this.definition;
    this.place = readPlace<ListState>(key) ?? listState(sort);
  }

  private move(part: Partial<ListState>): void {
    this.place = { ...this.place, ...part };
    keepPlace(this.definition.key, this.place);
  }

  private handlePress(event: MouseEvent): void {
    const pressed = event.target as Element;
    if (pressed.closest('a, button') || getSelection()?.isCollapsed === false) return;
    pressed.closest('tr')?.querySelector('a.row')?.dispatchEvent(new MouseEvent('click', event));
  }

  /** Loads the page of the list again, keeping its place. */
  refresh(): Promise<void> {
    return this.list.run();
  }

  override render(): unknown {
    const { ctx, list } = this;
    return listView({
      ...this.definition.describe(ctx),
      ctx,
      state: this.place,
      onMove: (part) => this.move(part),
      listing: list.value,
      isPending: list.status === 'pending',
      hasFailed: list.status === 'error',
      failure: failureOf(list.error),
      retry: () => void list.run(),
    });
  }

  override firstUpdated(): void {
    this.renderRoot.addEventListener('click', (event) => this.handlePress(event as MouseEvent));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'zk-console-list': ZkConsoleList;
  }
}
