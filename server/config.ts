import { SETTINGS, type Setting } from './settings.ts';
import { Wrong } from './setting-values.ts';
import { Name } from './wire/name.ts';

type ValueOf<S> = S extends Setting<infer V> ? V : never;

/** Everything that can be set, read once at the start and never changed. What each is, `SETTINGS` says; times are in milliseconds. */
export type Config = { readonly [Key in keyof typeof SETTINGS]: ValueOf<(typeof SETTINGS)[Key]> };

/** One setting that cannot be: what was set, and what is wrong with it. */
export interface ConfigFault {
  readonly name: string;
  readonly value: string;
  readonly message: string;
}

/** The configuration that the environment asks for, or everything that is wrong with it at once. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config | ConfigFault[] {
  const faults: ConfigFault[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, { name, default: fallback, parse }] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const text = env[name]?.trim() || fallback;
    const value = parse(text);
    if (value instanceof Wrong) faults.push({ name, value: text, message: `${name}=${text} is not ${value.expected}` });
    values[key] = value;
  }
  const { tlsCert, tlsKey } = values as unknown as Config;
  if ((tlsCert === null) !== (tlsKey === null)) {
    const { name } = tlsCert === null ? SETTINGS.tlsCert : SETTINGS.tlsKey;
    const message = `${name} is not set: a certificate and its key go together`;
    faults.push({ name, value: '', message });
  }
  if (faults.length > 0) return faults;
  return Object.freeze(complete(values as unknown as Config));
}

/** Fills in what follows from other settings. */
function complete(config: Config): Config {
  const ns1 = Name.fromText('ns1', config.baseDomain) as Name;
  // An address of one link, with its interface behind a percent sign, is nothing to tell the world.
  const concrete = config.dnsHosts.filter((host) => host !== '0.0.0.0' && host !== '::' && !host.includes('%'));
  return {
    ...config,
    nameservers: config.nameservers.length === 0 ? [ns1] : config.nameservers,
    nsAddresses: config.nsAddresses.length === 0 ? concrete : config.nsAddresses,
  };
}

/** Names that look like settings and are none, misspelt perhaps: they would otherwise do nothing and say nothing. */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set(Object.values(SETTINGS).map(({ name }) => name));
  return Object.keys(env).filter((name) => name.startsWith('DIGPIT_') && !known.has(name));
}
