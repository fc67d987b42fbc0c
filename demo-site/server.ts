import type { AddressInfo } from 'node:net';
import { createDemoSite } from './app.ts';
import { readDemoFile } from './demo-file.ts';

const fail = (message: string): void => {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
  if (process.connected) {
    process.disconnect();
  }
};

try {
  const settings = await readDemoFile(process.argv[2] ?? 'data/demo.json');
  const port = Number(new URL(settings.siteUrl).port);
  const log = (line: string) => process.stderr.write(`Northwind Cloud: ${line}\n`);
  const server = createDemoSite(settings, log).listen(port, '127.0.0.1', (error) => {
    if (error !== undefined) {
      fail(
        'code' in error && error.code === 'EADDRINUSE' ? `Port ${port} is in use by another program` : error.message,
      );
      return;
    }
    process.stdout.write(`Northwind Cloud on http://localhost:${(server.address() as AddressInfo).port}\n`);
    process.send?.('listening');
  });
  const close = (): void => {
    server.close();
    server.closeIdleConnections();
    if (process.connected) {
      process.disconnect();
    }
  };
  // When the program that started this one is gone, so is the demo.
  process.once('disconnect', close);
  process.once('SIGINT', close);
  process.once('SIGTERM', close);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
