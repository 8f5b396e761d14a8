/** A process of its own that closes a server in the middle of everything; it ends by itself when nothing is left. */
import { connect } from 'node:net';
import { openSandboxServer } from '../../src/sandbox/server.js';
import { tinyBox } from '../support/tiny-box.js';
import { until } from '../support/until.js';
import { ask } from './wire.js';

const server = await openSandboxServer(tinyBox());
server.fault({ mode: 'hang', times: 1 });
server.fault({ mode: 'drip', ms: 60_000, times: 1 });
server.fault({ mode: 'late', ms: 60_000, times: 1 });
server.fault({ mode: 'slow', ms: 60_000, times: 1 });
server.fault({ mode: 'gzbomb', bytes: 4_000_000_000 });
const asked = Array.from({ length: 5 }, () => ask(server.origin, { patienceMs: 60_000 }));
const idle = connect(Number(new URL(server.origin).port), '127.0.0.1').on('error', () => {});
await until(() => server.live.sockets === 6 && server.journal.length === 5);

await Promise.all([server.close(), server.close()]);

const ended = (await Promise.all(asked)).map((heard) => heard.ended);
idle.destroy();
const applied = server.journal.filter((entry) => entry.applied).map(({ fault }) => fault);
console.log(JSON.stringify({ live: server.live, ended, applied, failures: server.failures }));
