import type { Dependencies } from '../dependencies.ts';
import { forbidden } from './errors.ts';
import type { RequestContext } from './route.ts';

/**
 * A cookie goes along with whatever page sends the request; Origin says which page that was.
 * @throws HttpError 403 `origin_not_allowed`
 */
export const requireOwnOrigin = ({ config }: Dependencies, context: RequestContext): void => {
  if (context.header('origin') !== config.publicOrigin) {
    throw forbidden('origin_not_allowed', 'Only pages of the portal itself may do this');
  }
};
