import cluster from 'node:cluster';

/** The baseline of the lists on SQLite as two processes on one port: what a second process costs on this machine at best. */
if (cluster.isPrimary) {
  const workers = [cluster.fork(), cluster.fork()];
  process.once('SIGTERM', () => {
    for (const worker of workers) {
      worker.kill();
    }
    process.exit();
  });
} else {
  await import('./sqlite-server.ts');
}
