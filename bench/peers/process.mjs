// What every peer is started with, and what it says when it listens.
import { readFileSync } from 'node:fs';

/** The file that the command names: `sources` as in `rollcall.yaml`. */
export const readConfig = () => JSON.parse(readFileSync(process.argv[2], 'utf8'));

export const tellPort = (server) => process.stdout.write(`listening on http://127.0.0.1:${server.address().port}\n`);
