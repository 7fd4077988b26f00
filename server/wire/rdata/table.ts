import { a } from './a.ts';
import { aaaa } from './aaaa.ts';
import { afsdb } from './afsdb.ts';
import { apl } from './apl.ts';
import { caa } from './caa.ts';
import { cdnskey } from './cdnskey.ts';
import { cds } from './cds.ts';
import { cert } from './cert.ts';
import { cname } from './cname.ts';
import { csync } from './csync.ts';
import { dhcid } from './dhcid.ts';
import { dname } from './dname.ts';
import { dnskey } from './dnskey.ts';
import { ds } from './ds.ts';
import { eui48 } from './eui48.ts';
import { eui64 } from './eui64.ts';
import type { RdataType } from './field.ts';
import { hinfo } from './hinfo.ts';
import { hip } from './hip.ts';
import { ipseckey } from './ipseckey.ts';
import { kx } from './kx.ts';
import { l32 } from './l32.ts';
import { l64 } from './l64.ts';
import { loc } from './loc.ts';
import { lp } from './lp.ts';
import { mx } from './mx.ts';
import { naptr } from './naptr.ts';
import { nid } from './nid.ts';
import { ns } from './ns.ts';
import { nsec } from './nsec.ts';
import { nsec3 } from './nsec3.ts';
import { nsec3param } from './nsec3param.ts';
import { openpgpkey } from './openpgpkey.ts';
import { ptr } from './ptr.ts';
import { rp } from './rp.ts';
import { rrsig } from './rrsig.ts';
import { smimea } from './smimea.ts';
import { soa } from './soa.ts';
import { spf } from './spf.ts';
import { srv } from './srv.ts';
import { sshfp } from './sshfp.ts';
import { https, svcb } from './svcb.ts';
import { tlsa } from './tlsa.ts';
import { txt } from './txt.ts';
import { uri } from './uri.ts';
import { zonemd } from './zonemd.ts';

/** Every type that has fields of its own; the others are octets, RFC 3597. */
export const RDATA_TYPES: readonly RdataType[] = [
  a,
  aaaa,
  afsdb,
  apl,
  caa,
  cdnskey,
  cds,
  cert,
  cname,
  csync,
  dhcid,
  dname,
  dnskey,
  ds,
  eui48,
  eui64,
  hinfo,
  hip,
  https,
  ipseckey,
  kx,
  l32,
  l64,
  loc,
  lp,
  mx,
  naptr,
  nid,
  ns,
  nsec,
  nsec3,
  nsec3param,
  openpgpkey,
  ptr,
  rp,
  rrsig,
  smimea,
  soa,
  spf,
  srv,
  sshfp,
  svcb,
  tlsa,
  txt,
  uri,
  zonemd,
];
