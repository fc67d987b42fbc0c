/** Which page an address shows. */
export type Route =
  | { page: 'customers' }
  | { page: 'customer'; customerId: string }
  | { page: 'branding' }
  | { page: 'embed' }
  | { page: 'api-keys' }
  | { page: 'activity' }
  | { page: 'unknown' };

export const customersPath = '/console/customers';

export const customerPath = (customerId: string): string => `${customersPath}/${customerId}`;

export function routeOf(pathname: string): Route {
  const [, tree, page = 'customers', customerId, ...rest] = pathname.replace(/\/$/, '').split('/');
  if (tree !== 'console' || rest.length > 0) return { page: 'unknown' };
  if (page === 'customers' && customerId) return { page: 'customer', customerId };
  if (customerId !== undefined) return { page: 'unknown' };
  switch (page) {
    case 'customers':
    case 'branding':
    case 'embed':
    case 'api-keys':
    case 'activity':
      return { page };
    default:
      return { page: 'unknown' };
  }
}
