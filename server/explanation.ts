import { commandOf } from './command.ts';
import { storageFault, type StorageFault } from './store/fault.ts';

/** What to do where the data folder is what is wrong. */
const STORAGE: Record<StorageFault, (message: string) => string> = {
  full: (message) => `the disk of DIGPIT_DATA_DIR is full (${message}): make room there, and nothing is lost`,
  busy: (message) =>
    `another program is at work in DIGPIT_DATA_DIR (${message}): one folder is for one Digpit; end the other, or give this one another`,
  unwritable: (message) =>
    `the database cannot be opened or written (${message}): see to the permissions of DIGPIT_DATA_DIR: all in it has to be of the user that the server runs as, on a disk that is not mounted read-only`,
  damaged: (message) =>
    `the database is damaged (${message}): bring back a backup with "${commandOf('restore', 'DIR --yes', true)}", or move digpit.sqlite out of DIGPIT_DATA_DIR to begin anew`,
};

/** What went wrong at the start, and what to do, for the faults that people meet. */
export function explain(error: unknown): string {
  const { code, message, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const storage = storageFault(error);
  if (storage !== null) return STORAGE[storage](message);
  switch (code) {
    case 'EADDRINUSE':
      return `${address} port ${port} is taken by another program ("ss -lntup" says which): stop that, or set DIGPIT_DNS_PORT, DIGPIT_HTTP_PORT or DIGPIT_TLS_PORT`;
    case 'EADDRNOTAVAIL':
      return `${address} is not an address of this machine: set DIGPIT_DNS_HOST or DIGPIT_HTTP_HOST to one that is`;
    case 'EACCES':
      return port === undefined
        ? `no permission: ${message}`
        : `no permission for port ${port}: ports below 1024 are for root or CAP_NET_BIND_SERVICE`;
    case 'ENOSPC':
      return STORAGE.full(message);
    case 'EROFS':
      return STORAGE.unwritable(message);
    default:
      return message;
  }
}
