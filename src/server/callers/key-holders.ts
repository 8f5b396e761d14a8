import { timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import type { Caller } from '../../graph/caller.js';
import { Unauthenticated, type Callers } from './callers.js';
import { hashOf, keysIn, type StoredKey } from './key-file.js';
import { WatchedFile } from './watched-file.js';

type ByHash = ReadonlyMap<string, StoredKey>;

/** Callers that were given keys of ours. A key that is added or revoked counts within a second. */
export class KeyHolders implements Callers {
  static async open(file: string, log: Logger): Promise<KeyHolders> {
    const missing = 'does not exist; make it with the first key: rollcall keys add NAME --role read';
    const about = { title: 'key file', missing };
    return new KeyHolders(await WatchedFile.open(file, (text) => byHash(keysIn(text)), about, log));
  }

  private constructor(private readonly file: WatchedFile<ByHash>) {}

  async whoSends(credential: string): Promise<Caller> {
    const hash = hashOf(credential);
    const key = this.file.value.get(hash);
    if (!key || !timingSafeEqual(Buffer.from(key.sha256), Buffer.from(hash))) {
      throw new Unauthenticated('This key is not known here, or not any more.');
    }
    return { name: key.name, role: key.role, sources: key.sources && new Set(key.sources) };
  }

  close(): void {
    this.file.close();
  }
}

function byHash(keys: readonly StoredKey[]): ByHash {
  return new Map(keys.map((key) => [key.sha256, key]));
}
