import { readConfig } from '../server/config.ts';
import { startServer } from '../server/server.ts';

/** The whole server on its own port, as `npm start` runs it; prints the port. */
const server = await startServer(readConfig(process.env));
process.stdout.write(`${server.port}\n`);
