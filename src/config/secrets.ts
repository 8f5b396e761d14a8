import type { Config } from './types.js';

/** What the configuration holds of secrets beside the credentials of its sources: no log may ever have one. */
export function secretsOutsideSources({ ledger, telemetry }: Pick<Config, 'ledger' | 'telemetry'>): readonly string[] {
  return [...passwordIn(ledger), ...Object.values(telemetry?.headers ?? {})];
}

/** The password in the address of a database, as it is written and as it is meant. */
function passwordIn(ledger: string): readonly string[] {
  if (!/^postgres(ql)?:/.test(ledger)) return [];
  const { password } = new URL(ledger);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
