import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Customer, Settings } from './demo-file.ts';

const cookieName = 'northwind_visitor';

/** Who is logged in to this website: a customer's id in a cookie that only this process can sign. */
export class Visitors {
  private readonly customers: Settings['customers'];
  private readonly secret = randomBytes(32);

  constructor(customers: Settings['customers']) {
    this.customers = customers;
  }

  /** The first customer where nobody has logged in yet. */
  read(cookieHeader: string | undefined): Customer {
    const [id = '', signature = ''] = (parseCookie(cookieHeader ?? '')[cookieName] ?? '').split('.');
    const customer = this.customers.find((candidate) => candidate.id === id);
    return customer !== undefined && this.isSigned(id, signature) ? customer : this.customers[0];
  }

  /** The cookie that logs a customer in; undefined when there is no such customer. */
  logIn(customerId: unknown): string | undefined {
    const customer = this.customers.find((candidate) => candidate.id === customerId);
    return customer === undefined
      ? undefined
      : stringifySetCookie({
          name: cookieName,
          value: `${customer.id}.${this.sign(customer.id)}`,
          httpOnly: true,
          sameSite: 'lax',
          path: '/',
        });
  }

  private sign(text: string): string {
    return createHmac('sha256', this.secret).update(text).digest('base64url');
  }

  private isSigned(text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(text));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}
