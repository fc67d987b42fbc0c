import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { randomBytes } from 'node:crypto';
import { prepareDataset, merchantOrigin } from './dataset.ts';
import { openSession } from './servers.ts';
const dataset = await prepareDataset(100_000, 100_000);
const child = spawn(process.execPath, [...(process.env.NODE_ARGS??'').split(' ').filter(Boolean), 'bench/portal-server.ts'], { env: { ...process.env, DATABASE_URL: `sqlite:${dataset.file}`, PUBLIC_URL:'http://127.0.0.1:5999', PORT:'5999', LOG_LEVEL:'warn', SIGNING_SECRETS:`b:${randomBytes(32).toString('base64url')}` }, stdio:['ignore','pipe','inherit'] });
const port = await new Promise<string>(r=>createInterface({input:child.stdout}).once('line', r));
const rss=()=>{ const s=readFileSync(`/proc/${child.pid}/status`,'utf8'); return `${/VmHWM:\s+(\d+)/.exec(s)![1]} hwm ${/VmRSS:\s+(\d+)/.exec(s)![1]} rss`; };
console.log('start', rss());
const server={origin:`http://127.0.0.1:${port}`} as never;
const t = await openSession(server, dataset, dataset.customerIds[0]!);
console.log('session', rss());
for (let i=0;i<5;i++){ const s=performance.now(); const r=await fetch(`http://127.0.0.1:${port}/portal/${dataset.organisationId}/exports/invoices${process.env.Q??''}`,{headers:{authorization:`Bearer ${t}`,origin:merchantOrigin}}); let n=0; for await (const c of r.body!) n+=c.length; console.log(n, (performance.now()-s).toFixed(0),'ms', rss()); }
child.kill('SIGTERM');
await new Promise(r=>child.once('exit',r));
