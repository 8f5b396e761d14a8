import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const asker = fileURLToPath(new URL('../support/tls-asker.ts', import.meta.url));
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!hasOpenssl)('a vendor with a certificate of its own making (skipped without openssl)', () => {
  let folder: string;
  let server: Server;
  let heard = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tls-'));
    const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1';
    const own = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', 'key.pem', '-out', 'cert.pem'];
    execFileSync('openssl', [...request.split(' '), ...own], { cwd: folder, stdio: 'ignore' });
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
    server = createServer({ key, cert }, (_request, response) => {
      heard += 1;
      response.end('{"well":true}');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  async function asked(kind: string, env: Readonly<Record<string, string>>): Promise<string> {
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', asker, kind, url], {
      env: { PATH: process.env['PATH'], ...env },
    });
    return stdout;
  }

  test.each(['cross-fetch', 'undici'])('is asked over %s only where NODE_EXTRA_CA_CERTS names it', async (kind) => {
    const before = heard;

    expect(await asked(kind, {})).toBe('Unanswered, not sent');
    expect(heard).toBe(before);
    expect(await asked(kind, { NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') })).toBe('200 {"well":true}');
    expect(heard).toBe(before + 1);
  });
});
