const place = document.querySelector('.place');
const form = document.querySelector('#theme');
const css = document.querySelector('#theme-css');

const fetchSession = async ({ signal }) => {
  const response = await fetch('/portal-session', { method: 'POST', signal });
  if (!response.ok) {
    throw new Error(`No portal session: ${response.status}`);
  }
  return response.json();
};

const presets = {
  northwind: { theme: 'auto', values: { '--zenskar-accent': '#0f766e' } },
  paper: {
    theme: 'light',
    values: {
      '--zenskar-accent': '#8a3b12',
      '--zenskar-background': '#fbf7ef',
      '--zenskar-surface': '#fffdf8',
      '--zenskar-text': '#2b2620',
      '--zenskar-muted': '#6b6155',
      '--zenskar-border': '#e5dccb',
      '--zenskar-radius': '2',
      '--zenskar-font-family': "Georgia, 'Times New Roman', serif",
    },
  },
  midnight: {
    theme: 'dark',
    values: {
      '--zenskar-accent': '#8ab4ff',
      '--zenskar-background': '#0b1020',
      '--zenskar-surface': '#121a30',
      '--zenskar-text': '#e8ecf8',
      '--zenskar-muted': '#a3adc7',
      '--zenskar-border': '#27324f',
      '--zenskar-danger': '#ff9592',
      '--zenskar-success': '#65d6a3',
      '--zenskar-warning': '#f5c26b',
    },
  },
  candy: {
    theme: 'light',
    values: { '--zenskar-accent': '#c2188b', '--zenskar-background': '#fff5fb', '--zenskar-radius': '18' },
  },
};

let portal = place.firstElementChild;
portal.fetchSession = fetchSession;

// Only what the visitor has changed is set, so that the rest keeps following from it.
const changed = new Map();

const apply = () => {
  const tag = form.elements.element.value;
  if (portal.localName !== tag) {
    portal = document.createElement(tag);
    portal.fetchSession = fetchSession;
    place.replaceChildren(portal);
  }
  for (const field of form.querySelectorAll('[name^="--zenskar-"]')) {
    const value = changed.get(field.name);
    if (value === undefined || value === '') {
      portal.style.removeProperty(field.name);
    } else {
      portal.style.setProperty(field.name, `${value}${field.dataset.unit ?? ''}`);
    }
  }
  portal.setAttribute('theme', form.elements.theme.value);
  portal.setAttribute('density', form.elements.density.checked ? 'compact' : 'comfortable');
  const lines = [...portal.style].map((name) => `  ${name}: ${portal.style.getPropertyValue(name)};`);
  const { theme, density } = form.elements;
  const attributes = `theme="${theme.value}"${density.checked ? ' density="compact"' : ''}`;
  const rule = lines.length === 0 ? '/* No colour changed yet. */' : `${tag} {\n${lines.join('\n')}\n}`;
  css.textContent = `/* <${tag} ${attributes}></${tag}> */\n${rule}`;
};

form.addEventListener('input', ({ target }) => {
  if (target.name.startsWith('--zenskar-')) {
    changed.set(target.name, target.value);
  }
  apply();
});

form.addEventListener('reset', () => {
  changed.clear();
  // The fields have their first values back only after this event.
  queueMicrotask(apply);
});

form.addEventListener('click', ({ target }) => {
  const preset = presets[target.dataset.preset];
  if (preset === undefined) {
    return;
  }
  form.reset();
  changed.clear();
  form.elements.theme.value = preset.theme;
  for (const [name, value] of Object.entries(preset.values)) {
    form.elements[name].value = value;
    changed.set(name, value);
  }
  apply();
});

apply();
