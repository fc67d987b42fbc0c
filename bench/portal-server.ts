import { readConfig } from '../server/config.ts';
import { startServer } from '../server/server.ts';

/** The whole server on its own port, as `npm start` runs it; prints the port, and at its end the most memory it took, in kB. */
const server = await startServer(readConfig(process.env));
process.stdout.write(`${server.port}\n`);
process.once('SIGTERM', () => {
  void server.close().then(() => {
    process.stdout.write(`${process.resourceUsage().maxRSS}\n`);
  });
});
