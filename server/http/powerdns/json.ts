import type { StoredRecord } from '../../store/zone-change.ts';
import { soaOf } from '../../store/zone-change.ts';
import { typeToText } from '../../wire/codes.ts';
import type { Name } from '../../wire/name.ts';
import { rdataToText } from '../../wire/rdata.ts';
import { serialOf } from '../../zone/apex.ts';
import { groupRrsets } from '../record-json.ts';

/**
 * The version of PowerDNS whose interface this is: three numbers, by which octoDNS knows what to expect, such as 404 for a zone
 * that is not there.
 */
const VERSION = '4.9.0';
/** There is one server, and all clients call it so. */
export const SERVER_ID = 'localhost';
const SERVER_URL = `/api/v1/servers/${SERVER_ID}`;

export const SERVER = {
  config_url: `${SERVER_URL}/config{/config_setting}`,
  daemon_type: 'authoritative',
  id: SERVER_ID,
  type: 'Server',
  url: SERVER_URL,
  version: VERSION,
  zones_url: `${SERVER_URL}/zones{/zone}`,
} as const;

/** A zone as lists have it. `records` are those of the whole zone. */
export function zoneSummary(origin: Name, records: readonly StoredRecord[]) {
  const name = origin.toText();
  const serial = serialOf(soaOf(records).rdata);
  return {
    account: '',
    api_rectify: false,
    catalog: '',
    dnssec: false,
    edited_serial: serial,
    id: name,
    kind: 'Native',
    last_check: 0,
    master_tsig_key_ids: [],
    masters: [],
    name,
    notified_serial: serial,
    nsec3narrow: false,
    nsec3param: '',
    serial,
    slave_tsig_key_ids: [],
    soa_edit: '',
    soa_edit_api: 'DEFAULT',
    url: `${SERVER_URL}/zones/${name}`,
  };
}

/**
 * RRsets, their members in the order of PowerDNS, which is that of the alphabet: acme.sh looks for a name and takes what stands
 * behind it up to the next bracket for its records.
 */
export function rrsetsToJson(records: readonly StoredRecord[]) {
  return groupRrsets(records).map((rrset) => {
    const { owner, type, ttl } = rrset[0]!;
    return {
      comments: [],
      name: owner.toText(),
      records: rrset.map(({ rdata }) => ({ content: rdataToText(type, rdata), disabled: false })),
      ttl,
      type: typeToText(type),
    };
  });
}
