import type { RestCall } from '../http/rest-call.js';
import { VendorError } from '../http/errors.js';
import { Sources, type Source } from '../graph/sources.js';
import type { Adapter, Collection, Path, Row } from '../vendors/vendor.js';
import { checkAccess } from './check-access.js';
import { checkLedger, type Line } from './check-ledger.js';
import { openConfig } from './open-config.js';
import { ownSession } from './own-session.js';

/** Checks the configuration, opens the ledger, asks each source once, and says what works. */
export async function checkConfig({ config: flag }: { readonly config?: string }): Promise<number> {
  const { config, sandbox } = await openConfig(flag);
  const sources = Sources.open(config.sources);
  try {
    const ledger = sandbox === null ? [checkLedger(config.ledger)] : [];
    const callers = config.auth.mode === 'none' ? [] : [checkAccess(config.auth)];
    const lines = await Promise.all([...ledger, ...callers, ...sources.all.map(checkSource)]);
    process.stdout.write(`${config.file ?? 'The built-in sandbox'}: the configuration is right.\n`);
    for (const { text } of lines) process.stdout.write(`${text}\n`);
    return lines.every(({ works }) => works) ? 0 : 1;
  } finally {
    sources.close();
    await sandbox?.close();
  }
}

async function checkSource(source: Source): Promise<Line> {
  const { name, title, adapter } = source;
  const call = firstRead(adapter);
  const began = performance.now();
  const whom = `  ${name} (${title})`;
  try {
    await ownSession(source).read(call);
    return {
      works: true,
      text: `${whom}: works; ${addressOf(call)} answered in ${Math.round(performance.now() - began)} ms.`,
    };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { works: false, text: `${whom}: does not work; ${error.message} ${remedies[error.code] ?? ''}`.trimEnd() };
  }
}

const remedies: Readonly<Record<string, string>> = {
  VENDOR_AUTH: 'Check the credentials of this source and what they may read.',
  VENDOR_UNAVAILABLE: 'Check its url, and whether this machine reaches it.',
  VENDOR_TIMEOUT: 'Check its url, or raise timeoutMs.',
  VENDOR_BAD_RESPONSE: 'Check its url: something answers there, but not as this vendor documents.',
  VENDOR_RATE_LIMITED: 'The credentials work as far as can be told.',
  NOT_FOUND: 'Check the ids and names in its settings.',
};

/** The first list of the source that needs no id but the configuration's. */
function firstRead(adapter: Adapter): RestCall<unknown> {
  for (const noun of [adapter.organizations, adapter.projects, adapter.groups, adapter.users]) {
    const call = noun && 'within' in noun ? listOf(noun as Collection<Row>) : null;
    if (call) return call;
  }
  throw new Error('the adapter has no list to ask for');
}

function listOf({ within, pages }: Collection<Row>): RestCall<unknown> | null {
  const scope: Path | undefined = typeof within === 'string' ? undefined : within[0];
  return scope && pages ? pages(scope) : null;
}

function addressOf({ method, path }: RestCall<unknown>): string {
  return `${method} ${path}`;
}
