import { readView } from '../../../widget/src/shell/read-view.ts';
import { initialView } from '../../../widget/src/shell/view-state.ts';
import type { ViewState } from '../../../widget/src/shell/view-state.ts';
import type { ListState } from '../../../widget/src/ui/list-view/list-state.ts';

const lists = ['invoices', 'payments'] as const;
type ListName = (typeof lists)[number];

const writeList = (state: ListState, initial: ListState): URLSearchParams => {
  const { filter, sort, size, page, cursor, open } = state;
  const parameters = new URLSearchParams();
  const isSorted = sort.key !== initial.sort.key || sort.isDescending !== initial.sort.isDescending;
  const facts = {
    q: filter.search,
    from: filter.from,
    to: filter.to,
    sort: isSorted ? `${sort.isDescending ? '-' : ''}${sort.key}` : '',
    size: size === initial.size ? '' : String(size),
    page: cursor === null ? '' : String(page),
    cursor: cursor ?? '',
    open: open ?? '',
    ...Object.fromEntries(
      Object.entries(filter.chosen).map(([name, values]) => [`is.${name}`, values.join(',')] as const),
    ),
  };
  for (const [name, value] of Object.entries(facts)) if (value) parameters.set(name, value);
  return parameters;
};

const readList = (parameters: URLSearchParams, initial: ListState): unknown => {
  const text = (name: string): string => parameters.get(name) ?? '';
  const sort = text('sort');
  return {
    filter: {
      search: text('q'),
      from: text('from'),
      to: text('to'),
      chosen: Object.fromEntries(
        [...parameters]
          .filter(([name]) => name.startsWith('is.'))
          .map(([name, values]) => [name.slice('is.'.length), values.split(',')]),
      ),
    },
    sort: sort === '' ? initial.sort : { key: sort.replace(/^-/, ''), isDescending: sort.startsWith('-') },
    size: Number(text('size')) || initial.size,
    page: Number(text('page')),
    cursor: parameters.get('cursor'),
    open: parameters.get('open'),
  };
};

const isList = (section: string): section is ListName => (lists as readonly string[]).includes(section);

/** The open section and all that narrows its list, as a hash: `#invoices?is.status=paid&sort=-due_date`. */
export const writeHash = (view: ViewState): string => {
  const section = view.section ?? '';
  const parameters = isList(section) ? writeList(view[section], initialView[section]) : new URLSearchParams();
  return parameters.size === 0 ? `#${section}` : `#${section}?${parameters}`;
};

/** What a hash says of the view. It comes from outside, so it is read leniently. */
export const readHash = (hash: string): ViewState => {
  const [section = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const list = isList(section) ? { [section]: readList(new URLSearchParams(query), initialView[section]) } : {};
  return readView({ section, ...list });
};
