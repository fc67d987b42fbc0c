const contents = document.querySelector<HTMLElement>('#contents');
const filter = document.querySelector<HTMLInputElement>('#filter');

const showMatches = (nav: HTMLElement, text: string): void => {
  const words = text.toLowerCase().split(/\s+/);
  for (const chapter of nav.querySelectorAll('details')) {
    const entries = [...chapter.querySelectorAll('li')];
    for (const entry of entries) {
      const label = `${chapter.firstElementChild?.textContent} ${entry.textContent}`.toLowerCase();
      entry.hidden = !words.every((word) => label.includes(word));
    }
    chapter.hidden = entries.every(({ hidden }) => hidden);
    chapter.open = text === '' ? chapter.hasAttribute('data-current') : true;
  }
  const groups = [...nav.querySelectorAll('section')];
  for (const group of groups) {
    group.hidden = [...group.querySelectorAll('details')].every(({ hidden }) => hidden);
  }
  const status = nav.querySelector('#no-match');
  if (status !== null) {
    status.textContent = groups.every(({ hidden }) => hidden) ? 'No operation matches.' : '';
  }
};

const markCurrent = (nav: HTMLElement): void => {
  for (const link of nav.querySelectorAll<HTMLAnchorElement>('li a')) {
    if (link.pathname === location.pathname && link.hash === location.hash) {
      link.setAttribute('aria-current', 'location');
    } else {
      link.removeAttribute('aria-current');
    }
  }
};

const addCopyButton = (figure: HTMLElement, text: string): void => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(text).then(() => {
      button.textContent = 'Copied';
    });
  });
  button.addEventListener('blur', () => {
    button.textContent = 'Copy';
  });
  figure.querySelector('figcaption')?.append(button);
};

if (contents !== null && filter !== null) {
  filter.hidden = false;
  filter.addEventListener('input', () => {
    showMatches(contents, filter.value.trim());
  });
  contents.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a') !== null && contents.matches(':popover-open')) {
      contents.hidePopover();
    }
  });
  addEventListener('hashchange', () => {
    markCurrent(contents);
  });
  markCurrent(contents);
}

for (const figure of document.querySelectorAll('figure')) {
  const text = figure.querySelector('pre')?.textContent;
  if (text) {
    addCopyButton(figure, text);
  }
}
