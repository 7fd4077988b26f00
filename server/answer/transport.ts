/** How a query came. The numbers are stored in the query log: never give one another meaning. */
export const TRANSPORT = { UDP: 0, TCP: 1, DOH: 2, DOT: 3 } as const;
export type Transport = (typeof TRANSPORT)[keyof typeof TRANSPORT];

/** How a query came, in words. */
export const TRANSPORT_NAMES = {
  [TRANSPORT.UDP]: 'udp',
  [TRANSPORT.TCP]: 'tcp',
  [TRANSPORT.DOH]: 'https',
  [TRANSPORT.DOT]: 'tls',
} as const;

/** Nobody on the way reads it, so that only its length tells what it is. */
export function isEncrypted(transport: Transport): boolean {
  return transport === TRANSPORT.DOH || transport === TRANSPORT.DOT;
}

/** Many messages may go in either direction, as over TCP. */
export function isStream(transport: Transport): boolean {
  return transport === TRANSPORT.TCP || transport === TRANSPORT.DOT;
}
