import { rollcall } from './compare/contestants.js';
import { Client } from './compare/load.js';
import { leaveTheCore } from './compare/processes.js';
import { questionsOf } from './compare/questions.js';
import { startCompany } from './company/start.js';
import { readFileSync } from 'node:fs';
const [sharing='nothing', callers='1', which='Q1,Q2,Q3', ms='0', ...flags] = process.argv.slice(2);
leaveTheCore();
const company = await startCompany();
try {
  for (const q of questionsOf(company.groups)) {
    if (!which.includes(q.name)) continue;
    const running = await rollcall(sharing as any, flags).start(company);
    const client = new Client(running);
    await client.check(q, 0);
    await company.setLatency(Number(ms));
    const cpu = () => { const [,u,s] = /^\d+ \(.*\) (?:\S+ ){11}(\d+) (\d+)/.exec(readFileSync(`/proc/${running.pid}/stat`,'utf8'))!; return (Number(u)+Number(s))*10; };
    const calls = () => company.requests();
    await client.run(q, { callers: Number(callers), seconds: 4, differing: true });
    const c0 = cpu(); const u0 = await calls();
    const { operations, ms: took, latencies } = await client.run(q, { callers: Number(callers), seconds: 4, differing: true });
    const c1 = cpu(); const u1 = await calls();
    const rss = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${running.pid}/status`,'utf8'))![1];
    console.log(q.name, sharing, 'c='+callers, flags.join(' '), 'ops/s', (operations/took*1000).toFixed(1), 'cpu', ((c1-c0)/operations).toFixed(2), 'p50', latencies[latencies.length>>1].toFixed(1), 'calls', ((u1-u0)/operations).toFixed(1), 'MB', (Number(rss)/1024).toFixed(0));
    await client.check(q, 7);
    await client.close(); await running.close();
  }
} finally { await company.close(); }
