import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';

import { printSchema } from 'graphql';

import { answerCanned, readContract } from './canned-graph.js';

const root = join(import.meta.dirname, '../..');
const built = join(root, 'dist/page');
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; worker-src 'self' blob:";
const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};
const upstream = [
  { source: 'testrail', calls: 2, cacheHits: 0, shared: 0, waitedMs: 84.2, quotaLeft: 178 },
  { source: 'velt', calls: 1, cacheHits: 3, shared: 1, waitedMs: 12, quotaLeft: null },
];

/** The page behind a server; swap this for ours and the promises below must still hold. */
export async function openPageUnderTest(): Promise<{ url: string; close: () => Promise<void> }> {
  if (!existsSync(join(built, 'index.html'))) buildPage();
  const schema = readContract();

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('x-content-type-options', 'nosniff');
    const path = request.url ?? '/';
    if (path === '/graphql') {
      const { query, variables } = JSON.parse(await text(request));
      const traced = request.headers['x-rollcall-trace'] === '1' ? { extensions: { upstream } } : {};
      const body = { ...(await answerCanned(schema, query, variables)), ...traced };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    } else if (path === '/schema.graphql') {
      response.setHeader('content-type', 'text/plain; charset=utf-8').end(printSchema(schema));
    } else {
      const file = path === '/' ? 'index.html' : path.replace(/^\/page\//, '');
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
      response.end(await readFile(join(built, file)));
    }
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

function buildPage(): void {
  // In a process of its own: vitest's NODE_ENV would build React for development.
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [vite, 'build', '--config', 'src/page/vite.config.ts'], { cwd: root, env });
}
