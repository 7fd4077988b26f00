/** What configurations of other name servers have in common, whoever starts them: one server on loopback, all its files in a folder of its own. */

interface Where {
  readonly dir: string;
  readonly port: number;
}

/** The part `server:` of NSD, with one process that answers; more lines of it may follow. */
export function nsdServer({ dir, port }: Where): string {
  return `server:
  ip-address: 127.0.0.1@${port}
  server-count: 1
  username: ""
  chroot: ""
  database: ""
  pidfile: "${dir}/pid"
  xfrdfile: "${dir}/xfrd"
  zonelistfile: "${dir}/zonelist"
  xfrdir: "${dir}"
  cookie-secret-file: "${dir}/cookies"
  rrl-ratelimit: 0
`;
}

/** The parts `server:` and `database:` of Knot, with one thread of each kind that answers. */
export function knotServer({ dir, port }: Where): string {
  return `server:
  listen: 127.0.0.1@${port}
  rundir: ${dir}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: ${dir}
`;
}
