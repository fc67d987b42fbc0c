import { ConfigError, readConfig } from './config.ts';
import { startServer } from './server.ts';

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

try {
  const config = readConfig(process.env);
  const server = await startServer(config);
  server.dependencies.log.info({ port: server.port }, `listening for ${config.publicOrigin}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.close();
    });
  }
} catch (error) {
  fail(error instanceof ConfigError || error instanceof Error ? error.message : String(error));
}
