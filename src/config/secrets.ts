import type { Config } from './types.js';

/** What the configuration holds of secrets beside the credentials of its sources: no log may ever have one. */
export function secretsOutsideSources({
  ledger,
  cache,
  telemetry,
}: Pick<Config, 'ledger' | 'cache' | 'telemetry'>): readonly string[] {
  return [...passwordIn(ledger), ...passwordIn(cache), ...Object.values(telemetry?.headers ?? {})];
}

/** The password in the address of a database or a cache, as it is written and as it is meant. */
function passwordIn(place: string): readonly string[] {
  if (!/^(postgres(ql)?|(redis|valkey)s?):/.test(place)) return [];
  const { password } = new URL(place);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
