import BetterSqlite from 'better-sqlite3';
import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import jwt from 'jsonwebtoken';
import { Kysely, SqliteDialect } from 'kysely';
import morgan from 'morgan';
import { z } from 'zod';

/**
 * The same list as most would write it: the usual middleware with its defaults, a token signed with a string, a query
 * built for each request, a second one that counts, pages by offset, and `res.json`.
 */
const [file, organisationId, secret, origin] = process.argv.slice(2);
const db = new Kysely({ dialect: new SqliteDialect({ database: new BetterSqlite(file) }) });

const Query = z.object({
  page: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

const authenticate = (req, res, next) => {
  try {
    req.customerId = jwt.verify((req.headers.authorization ?? '').replace(/^Bearer /, ''), secret).sub;
    next();
  } catch {
    res.status(401).json({ error: 'Unauthorized' });
  }
};

const app = express();
app.use(helmet());
app.use(cors({ origin, credentials: true }));
app.use(morgan('combined', { stream: process.stderr }));
app.use(express.json());

app.get('/api/invoices', authenticate, async (req, res) => {
  const { page, limit } = Query.parse(req.query);
  const invoices = db
    .selectFrom('invoice')
    .where('organisation_id', '=', organisationId)
    .where('customer_id', '=', req.customerId)
    .where('status', 'not in', ['draft', 'edited', 'discarded']);
  const { count } = await invoices.select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow();
  const results = await invoices
    .select((eb) => [
      'id',
      'invoice_number',
      'status',
      'currency',
      eb.fn.coalesce('net_invoice_total', 'invoice_total').as('invoice_total'),
      'amount_due',
      eb.fn.coalesce('due_date', 'promise_due_date').as('due_date'),
      'period_begin',
      'period_end_exclusive',
      'created_at',
    ])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset((page - 1) * limit)
    .execute();
  res.json({ results, total: count, page, pages: Math.ceil(count / limit) });
});

const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${server.address().port}\n`);
});
process.once('SIGTERM', () => {
  process.exit();
});
