import { CLASSIC_UDP_SIZE } from '../wire/limits.ts';

export type PracticeId = 'amber' | 'basil' | 'coral';

/** One practice resolver: who it is, and in what it differs from the others. Each difference is there to be seen. */
export interface Persona {
  readonly id: PracticeId;
  readonly name: string;
  /** What the log says its queries come from. */
  readonly address: string;
  readonly traits: Traits;
}

export interface Traits {
  /** Asks label by label, RFC 9156. */
  readonly minimises: boolean;
  /** Asks in random case and wants it back, so that a forger has more to guess. */
  readonly mixesCase: boolean;
  /** Believes that nothing is below a name that is not there, RFC 8020. */
  readonly cutsBelowNxdomain: boolean;
  /** Lets the records of an RRset take turns in coming first. */
  readonly rotates: boolean;
  /** The client subnet that it tells, RFC 7871. One of the documentation (RFC 5737): nobody's address is told. */
  readonly clientSubnet: string | null;
  /** Octets that it takes over UDP: dns2 sends EDNS with a client subnet only, and says 4096 then. */
  readonly udpSize: number;
  /** Seconds for which records are kept at most. */
  readonly maxTtl: number;
  /** The same for negative answers; RFC 2308 §5 finds one to three hours sensible. */
  readonly maxNegativeTtl: number;
}

const DAY = 86_400;

const PLAIN: Traits = {
  minimises: false,
  mixesCase: false,
  cutsBelowNxdomain: false,
  rotates: false,
  clientSubnet: null,
  udpSize: CLASSIC_UDP_SIZE,
  maxTtl: 7 * DAY,
  maxNegativeTtl: 10_800,
};

/** Amber does what RFC 1034 says, Basil tells and believes as little as it can, Coral is in a hurry, as large public ones are. */
export const PERSONAS: readonly Persona[] = [
  { id: 'amber', name: 'Amber', address: '127.0.0.101', traits: PLAIN },
  {
    id: 'basil',
    name: 'Basil',
    address: '127.0.0.102',
    traits: { ...PLAIN, minimises: true, mixesCase: true, cutsBelowNxdomain: true, maxTtl: DAY, maxNegativeTtl: 900 },
  },
  {
    id: 'coral',
    name: 'Coral',
    address: '127.0.0.103',
    traits: { ...PLAIN, rotates: true, clientSubnet: '203.0.113.0/24', udpSize: 4096, maxTtl: 300, maxNegativeTtl: 30 },
  },
];
