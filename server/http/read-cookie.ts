import type { RequestContext } from './route.ts';

/**
 * The value of one of our cookies as its text stands in the header: not decoded, not unquoted, no white space taken off
 * names. A browser sends a `__Host-` cookie once; two of the name come from elsewhere, and are as good as none.
 */
export const readCookie = (context: Pick<RequestContext, 'header'>, name: string): string | undefined => {
  const values = (context.header('cookie') ?? '')
    .split(/; */)
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
};
