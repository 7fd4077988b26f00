import { isIP } from 'node:net';

/** Where a stream comes in or goes out: an address and a port, the path of a socket, or a file. */
export type Place = Socket | { readonly file: string };
export type Socket = { readonly address: string; readonly port: number } | { readonly path: string };

/** Standard output, as a file. */
export const STDOUT = '/dev/stdout';

/** Knot's way to write them: `tcp:192.0.2.7@6000`, `unix:/run/dnstap.sock`, or the path of a file. Null when it is none. */
export function parsePlace(text: string): Place | null {
  const [, kind, rest = text] = /^(tcp|unix):(.*)$/.exec(text) ?? [];
  if (kind === undefined) return text.startsWith('/') ? { file: text } : null;
  if (kind === 'unix') return rest.startsWith('/') && Buffer.byteLength(rest) <= MAX_PATH ? { path: rest } : null;
  const [address, port, surplus] = rest.split('@');
  const isPort = /^\d{1,5}$/.test(port ?? '') && Number(port) <= 65_535;
  return isIP(address!) !== 0 && isPort && surplus === undefined ? { address: address!, port: Number(port) } : null;
}

/** Octets of the path of a socket, in the kernel's `sockaddr_un` less its end. */
const MAX_PATH = 107;

/** The same, to be read by `parsePlace`. */
export function formatPlace(place: Place): string {
  if ('file' in place) return place.file;
  return 'path' in place ? `unix:${place.path}` : `tcp:${place.address}@${place.port}`;
}
