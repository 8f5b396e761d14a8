/** A program that asks an address over a transport: `tls-asker.ts KIND URL` prints the answer, or the name of the error and whether anything was sent. */
import { openPort, type TransportKind } from '../../src/http/ports/open.js';

const [kind, url] = process.argv.slice(2) as [TransportKind, string];
const port = openPort(1, kind);
let sent = false;
try {
  const answer = await port.send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(5_000),
    onSent: () => (sent = true),
  });
  process.stdout.write(`${answer.status} ${(await answer.body(1_000)).text()}`);
} catch (error) {
  process.stdout.write(`${(error as Error).constructor.name}, ${sent ? 'sent' : 'not sent'}`);
}
port.close();
