/** Accounts and records: what must never be lost. */
export const RECORDS_FILE = 'digpit.sqlite';
/** Every query, see log-file.ts. */
export const LOG_FILE = 'query-log.sqlite';
/** Locked by the server that is at work in the folder. */
export const IN_USE_FILE = 'in-use';
/** Signs the cookies of browsers. */
export const SESSION_SECRET_FILE = 'cookie-secret';
/** Makes DNS cookies (RFC 9018). */
export const DNS_SECRET_FILE = 'dns-cookie-secret';
export const SECRET_FILES = [SESSION_SECRET_FILE, DNS_SECRET_FILE] as const;
