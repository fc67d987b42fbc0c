import type { IncomingMessage, ServerResponse } from 'node:http';

/** Path parameters as they stand in the path, not yet parsed. */
export type PathParams = Readonly<Record<string, string | string[] | undefined>>;

/** Answers one request. It needs nothing that Express puts on requests and answers. */
export type Answer = (req: IncomingMessage, res: ServerResponse, params: PathParams) => Promise<void>;

interface Route {
  pattern: string;
  names: readonly string[];
  answer: Answer;
}

interface Place {
  literals: Map<string, Place>;
  parameter: Place | undefined;
  /** By method. */
  routes: Map<string, Route>;
}

export interface FoundRoute {
  pattern: string;
  params: PathParams;
  answer: Answer;
}

const newPlace = (): Place => ({ literals: new Map(), parameter: undefined, routes: new Map() });

/**
 * Finds operations by one walk along the path, where Express tries each of them in turn. It knows exact addresses only:
 * what is written in another case, with a slash at its end or with escapes is Express's, which binds the same operations.
 */
export class DirectRoutes {
  private readonly root = newPlace();

  /** @param pattern A path with parameters as `:name`. */
  add(method: string, pattern: string, answer: Answer): void {
    const names: string[] = [];
    let place = this.root;
    for (const segment of pattern.slice(1).split('/')) {
      if (segment.startsWith(':')) {
        names.push(segment.slice(1));
        place = place.parameter ??= newPlace();
      } else {
        const next = place.literals.get(segment) ?? newPlace();
        place.literals.set(segment, next);
        place = next;
      }
    }
    place.routes.set(method, { pattern, names, answer });
  }

  /** @param url The request's target, with its query. */
  find(method: string, url: string): FoundRoute | undefined {
    const [path = ''] = url.split('?', 1);
    if (path.includes('%')) {
      return undefined;
    }
    const values: string[] = [];
    let place = this.root;
    for (const segment of path.slice(1).split('/')) {
      const literal = place.literals.get(segment);
      const next = literal ?? (segment === '' ? undefined : place.parameter);
      if (next === undefined) {
        return undefined;
      }
      if (literal === undefined) {
        values.push(segment);
      }
      place = next;
    }
    const route = place.routes.get(method);
    if (route === undefined) {
      return undefined;
    }
    const params: Record<string, string> = {};
    for (const [index, name] of route.names.entries()) {
      params[name] = values[index] ?? '';
    }
    return { pattern: route.pattern, params, answer: route.answer };
  }
}
