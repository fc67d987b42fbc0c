/**
 * Rules of how a body names another record: by our id or by the merchant's own. Each is the arguments of a `refine`. Null
 * names nothing, as leaving a field out does.
 */
type Rule = readonly [
  check: (body: Readonly<Record<string, unknown>>) => boolean,
  refusal: { path: string[]; message: string },
];

const isGiven = (body: Readonly<Record<string, unknown>>, field: string): boolean =>
  body[field] !== undefined && body[field] !== null;

export const exactlyOneOf = (id: string, externalId: string): Rule => [
  (body) => isGiven(body, id) !== isGiven(body, externalId),
  { path: [id], message: `Give either ${id} or ${externalId}` },
];

export const atMostOneOf = (id: string, externalId: string): Rule => [
  (body) => !(isGiven(body, id) && isGiven(body, externalId)),
  { path: [id], message: `Give ${id} or ${externalId}, not both` },
];
