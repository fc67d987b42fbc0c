import type { Compilable } from 'kysely';
import { compileOnce, slot } from './compile-once.ts';
import type { Values } from './compile-once.ts';
import type { Position } from './cursor.ts';
import type { PageQuery, Place } from './keyset.ts';
import type { Db } from './transaction.ts';

/** Which page of a list is read. */
export interface PageReading<Field extends string> {
  order: PageQuery<Field>['order'];
  position: Position | undefined;
  /** How many rows. */
  limit: number;
  /** Whether all rows of the list are counted too. */
  withTotal: boolean;
}

/** Pages that every request asks for, compiled once an order and direction. What else differs is a `slot`. */
export const compilePages = <Row, Field extends string>(
  build: (db: Db, place: Place<Field>, withTotal: boolean) => Compilable<Row>,
): ((db: Db, values: Values, reading: PageReading<Field>) => Promise<Row[]>) => {
  const pages = new Map<string, ReturnType<typeof compileOnce<Row>>>();
  return (db, values, { order, position, limit, withTotal }) => {
    const towards = position?.towards ?? 'next';
    const shape = `${order} ${towards} ${position === undefined} ${withTotal}`;
    let find = pages.get(shape);
    if (find === undefined) {
      const after =
        position === undefined
          ? undefined
          : { value: slot<string | number>('after_value'), id: slot<string>('after_id') };
      find = compileOnce((on) => build(on, { order, towards, limit: slot<number>('limit'), after }, withTotal));
      pages.set(shape, find);
    }
    const place = position === undefined ? {} : { after_value: position.value, after_id: position.id };
    return find(db, { ...values, ...place, limit });
  };
};
