/** Loaded into a process before its own code: of each operation something is kept for ever, as the words of `SOAK_LEAK` say. */
import { openSync } from 'node:fs';
import { Server } from 'node:http';
import { createServer } from 'node:net';

const kept = [];
const leaks = {
  bytes: () => void kept.push('x'.repeat(8_192).split('')),
  sockets: () => void kept.push(createServer().listen(0, '127.0.0.1').unref()),
  files: () => void kept.push(openSync(process.execPath)),
  timers: () => void setInterval(() => {}, 3_600_000).unref(),
  signals: () => void kept.push(new AbortController().signal),
};
const chosen = process.env.SOAK_LEAK.split(',').map((name) => leaks[name]);

const { emit } = Server.prototype;
Server.prototype.emit = function (name, ...args) {
  if (name === 'request' && args[0].url === '/graphql') for (const leak of chosen) leak();
  return emit.call(this, name, ...args);
};
