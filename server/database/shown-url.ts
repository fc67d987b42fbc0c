/**
 * A database's URL as a person may read it: SQLite's file, or where a PostgreSQL database is, without who logs in there
 * and without the parameters, which may hold passwords and keys as well. Of what is no proper URL, nothing.
 */
export const shownUrl = (url: string): string => {
  if (url.startsWith('sqlite:')) {
    return url;
  }
  if (!URL.canParse(url)) {
    return 'postgres://…';
  }
  const { protocol, host, pathname, hash } = new URL(url);
  // A password with a slash or a number sign that is not encoded is taken for the rest of the address.
  return `${pathname}${hash}`.includes('@') ? 'postgres://…' : `${protocol}//${host}${pathname}`;
};
