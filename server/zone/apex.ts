import { TYPE } from '../wire/codes.ts';
import type { Name } from '../wire/name.ts';
import { Writer } from '../wire/writer.ts';
import type { ZoneRecord } from './rrset.ts';

/** Timers of a zone that nobody has touched: short ones, because here people edit and want to see it. */
const TTL = 300;
const REFRESH = 3600;
const RETRY = 600;
const EXPIRE = 604800;
/** How long resolvers remember that a name is not there, RFC 2308 §5: a minute, so that a name made late is found soon. */
const MINIMUM = 60;

/** The SOA and NS records with which every zone begins. The first name server is the primary (MNAME). */
export function makeApexRecords(origin: Name, nameservers: readonly Name[], hostmaster: Name, serial = 1): ZoneRecord[] {
  const soa = new Writer(new Uint8Array(600));
  soa.bytes(nameservers[0]!.octets);
  soa.bytes(hostmaster.octets);
  for (const number of [serial, REFRESH, RETRY, EXPIRE, MINIMUM]) soa.u32(number);
  const ns = nameservers.map((name) => ({ owner: origin, type: TYPE.NS, ttl: TTL, rdata: name.octets }));
  return [{ owner: origin, type: TYPE.SOA, ttl: TTL, rdata: soa.octets.slice(0, soa.position) }, ...ns];
}

/** SERIAL of SOA RDATA. */
export function serialOf(soa: Uint8Array): number {
  return new DataView(soa.buffer, soa.byteOffset).getUint32(soa.length - 20);
}

/** SOA RDATA with another SERIAL. */
export function withSerial(soa: Uint8Array, serial: number): Uint8Array {
  const copy = soa.slice();
  new DataView(copy.buffer).setUint32(copy.length - 20, serial);
  return copy;
}

/** The serial after an edit: the one that the editor wrote if it is an increase (RFC 1982 §3.2), otherwise the next number. */
export function nextSerial(current: number, wanted = current): number {
  return isNewer(wanted, current) ? wanted : (current + 1) >>> 0;
}

/** Whether a serial comes after another, RFC 1982 §3.2. */
export function isNewer(serial: number, than: number): boolean {
  const step = (serial - than) >>> 0;
  return step > 0 && step < 2 ** 31;
}
