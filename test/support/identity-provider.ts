import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';

export interface SignOptions {
  readonly alg?: string;
  readonly kid?: string;
  /** Members of the token's header beside `alg` and `kid`. */
  readonly header?: object;
}

/** Whoever makes tokens, with one key. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly audience: string;
  /** `{"keys": […]}` with its public key. */
  readonly jwks: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  /** A token that is good for five minutes, save what the claims say; a claim that is undefined is left out. */
  token(claims?: JWTPayload, options?: SignOptions): Promise<string>;
  /** The headers by which its bearer is known. */
  bearing(claims?: JWTPayload, options?: SignOptions): Promise<{ readonly authorization: string }>;
}

export async function identityProvider(alg = 'RS256', kid = 'key-1'): Promise<IdentityProvider> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid, use: 'sig' };
  const [issuer, audience] = ['https://id.example.com/', 'rollcall'];
  const token = (claims: JWTPayload = {}, { header, ...named }: SignOptions = {}) => {
    const now = Math.floor(Date.now() / 1_000);
    const usual = { iss: issuer, aud: audience, sub: 'ana', iat: now, exp: now + 300, rollcall_role: 'write' };
    const all = Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined);
    return new SignJWT(Object.fromEntries(all)).setProtectedHeader({ alg, kid, ...named, ...header }).sign(privateKey);
  };
  return {
    issuer,
    audience,
    jwks: JSON.stringify({ keys: [publicJwk] }),
    privateKey,
    publicJwk,
    token,
    bearing: async (...of) => ({ authorization: `Bearer ${await token(...of)}` }),
  };
}

/** A file with this text. */
export function fileWith(text: string, name = 'jwks.json'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'rollcall-jwks-')), name);
  writeFileSync(file, text);
  return file;
}

/** An address that tells a key set, and counts how often it was asked. */
export interface KeySetServer {
  readonly url: string;
  asked: number;
  /** What it answers; null: it accepts and says nothing. */
  answer: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> } | null;
  close(): Promise<void>;
}

export async function keySetServer(body: string): Promise<KeySetServer> {
  const server: Server = createServer((_request, response) => {
    told.asked++;
    const { answer } = told;
    if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const told: KeySetServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    asked: 0,
    answer: { status: 200, body },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return told;
}
