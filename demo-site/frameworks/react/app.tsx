import { useRef, useState } from 'react';
import { ZenskarPortal } from 'zenskar-portal/react';
import type { Theme } from 'zenskar-portal/react';
import type { ZenskarPortal as PortalElement } from 'zenskar-portal';
import { fetchSession } from '../fetch-session.ts';

export const App = ({ apiUrl }: { apiUrl: string }) => {
  const portal = useRef<PortalElement>(null);
  const [isShown, setShown] = useState(true);
  const [locale, setLocale] = useState('en');
  const [theme, setTheme] = useState<Theme>('light');
  const [hideHeader, setHideHeader] = useState(false);
  const [news, setNews] = useState('Billing is loading.');

  return (
    <>
      <form className="controls" aria-label="This page">
        <label>
          Language{' '}
          <select value={locale} onChange={({ target }) => setLocale(target.value)}>
            <option value="en">English</option>
            <option value="de">Deutsch</option>
            <option value="ar">العربية</option>
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={theme === 'dark'}
            onChange={({ target }) => setTheme(target.checked ? 'dark' : 'light')}
          />{' '}
          Dark
        </label>
        <label>
          <input type="checkbox" checked={hideHeader} onChange={({ target }) => setHideHeader(target.checked)} />{' '}
          Without its header
        </label>
        <button type="button" onClick={() => void portal.current?.refresh()}>
          Refresh
        </button>
        <button type="button" onClick={() => setShown(!isShown)}>
          {isShown ? 'Hide billing' : 'Show billing'}
        </button>
      </form>
      <p role="status">{news}</p>
      {isShown && (
        <ZenskarPortal
          ref={portal}
          apiUrl={apiUrl}
          fetchSession={(options) => fetchSession(options)}
          locale={locale}
          theme={theme}
          hideHeader={hideHeader}
          sections={['invoices', 'payments', 'profile']}
          className="billing"
          style={{ '--zenskar-accent': '#0f766e' }}
          onReady={({ sections }) => setNews(`Billing is ready: ${sections.join(', ')}.`)}
          onInvoiceOpen={({ invoiceId }) => setNews(`Invoice ${invoiceId} opened.`)}
          onSectionChange={({ section }) => setNews(`You are looking at your ${section}.`)}
          onError={({ code }) => setNews(`Billing is not available at the moment (${code}).`)}
        />
      )}
    </>
  );
};
