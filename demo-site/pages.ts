/** One way of putting the portal into a website. */
export interface Page {
  path: string;
  /** In the navigation. */
  name: string;
  /** In `pages/`. */
  file: string;
  /** Shown with the page, from this folder; the page itself comes first. */
  sources: readonly string[];
  /** What the page needs to be made: a fresh session for each view, or none. */
  needsSession?: boolean;
  isStrict?: boolean;
  /** The app in it, which the server draws first. */
  app?: 'react' | 'vue' | 'svelte';
}

const inFramework = (...sources: string[]): string[] => [
  ...[...sources, 'fetch-session.ts'].map((path) => `frameworks/${path}`),
  'portal-session.ts',
];

export const pages: readonly Page[] = [
  { path: '/account', name: 'Account', file: 'account.html', sources: ['portal-session.ts'] },
  { path: '/sections', name: 'Sections', file: 'sections.html', sources: ['portal-session.ts'] },
  { path: '/simple', name: 'Simple', file: 'simple.html', sources: ['portal-session.ts'], needsSession: true },
  { path: '/redirect', name: 'Redirect', file: 'redirect.html', sources: ['portal-session.ts'] },
  { path: '/iframe', name: 'Iframe', file: 'iframe.html', sources: ['public/iframe.js', 'portal-session.ts'] },
  {
    path: '/strict-csp',
    name: 'Strict CSP',
    file: 'strict-csp.html',
    sources: ['strict-policy.ts', 'public/strict-csp.js', 'portal-session.ts'],
    isStrict: true,
  },
  { path: '/theme', name: 'Theme', file: 'theme.html', sources: ['public/theme.js', 'portal-session.ts'] },
  {
    path: '/react',
    name: 'React',
    file: 'react.html',
    sources: inFramework('react/app.tsx', 'react/main.tsx', 'react/server.tsx'),
    app: 'react',
  },
  {
    path: '/vue',
    name: 'Vue',
    file: 'vue.html',
    sources: inFramework('vue/App.vue', 'vue/main.ts', 'vue/server.ts'),
    app: 'vue',
  },
  {
    path: '/svelte',
    name: 'Svelte',
    file: 'svelte.html',
    sources: inFramework('svelte/App.svelte', 'svelte/main.ts', 'svelte/server.ts'),
    app: 'svelte',
  },
];
