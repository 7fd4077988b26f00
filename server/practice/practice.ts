import { RCODE } from '../wire/codes.ts';
import type { Name } from '../wire/name.ts';
import { openDoor, type Answers, type Door } from './door.ts';
import { Lookup } from './lookup.ts';
import { Memories, type Memory } from './memories.ts';
import { PERSONAS, type Persona, type PracticeId } from './personas.ts';
import { openPort, type OpenPort } from './ports.ts';
import type { Asked } from './reply.ts';
import type { Resolution } from './resolution.ts';
import type { PracticeSpeed } from './speed-clock.ts';
import type { Exchange, Server } from './upstream.ts';

/** Look-ups at once: of one zone, and of all. */
const MAX_BUSY = 6;
const MAX_BUSY_ALL = 48;

export interface PracticeSettings {
  /** The zone of ours that a name lies in; null outside all of them. */
  zoneOf(name: Name): Name | null;
  /** Whether a name server at this address is this server. */
  isOurAddress(address: string): boolean;
  /** The zone that a name's answers are remembered for when no session says so. */
  zoneIdOf(name: Name): number;
  readonly answers: Answers;
  /** Milliseconds of a clock that only goes forward. */
  monotonic(): number;
  /** A number from 0 up to 1. */
  random(): number;
}

/** The three practice resolvers. Nothing of them is there before somebody asks: no socket, no library, no memory. */
export class Practice {
  private readonly settings: PracticeSettings;
  private readonly memories: Memories;
  private readonly doors = new Map<PracticeId, Promise<Door>>();
  private readonly ports = new Map<PracticeId, OpenPort>();
  private busy = 0;

  constructor(settings: PracticeSettings) {
    this.settings = settings;
    this.memories = new Memories(() => settings.monotonic());
  }

  /** What is remembered for a zone; undefined before anybody asked for it. */
  memoryOf(zone: number): Memory | undefined {
    return this.memories.peek(zone);
  }

  /** Answers a question from the cache of `zone`, or asks. Null when too many are on their way already. */
  async ask(zone: number, id: PracticeId, qname: Name, qtype: number): Promise<Resolution | null> {
    const persona = PERSONAS.find((one) => one.id === id)!;
    // Nothing of anybody else's names is asked, or remembered.
    if (this.settings.zoneOf(qname) === null) return refusal(qname);
    const memory = this.memories.of(zone);
    if (memory.busy >= MAX_BUSY || this.busy >= MAX_BUSY_ALL) return null;
    memory.busy++;
    this.busy++;
    try {
      const world = await this.worldOf(persona);
      return await new Lookup(persona.traits, memory.caches[id], world, () => memory.clock.now()).resolve(qname, qtype);
    } finally {
      memory.busy--;
      this.busy--;
      this.memories.changed(memory);
    }
  }

  /** Lets real clients ask over UDP, at one port of the loopback address for each resolver. Rejects when one cannot be had. */
  async openPorts(ports: readonly number[]): Promise<void> {
    for (const [i, port] of ports.entries()) {
      const { id } = PERSONAS[i]!;
      const { zoneIdOf, answers } = this.settings;
      const resolve = ({ qname, qtype }: Asked) => this.ask(zoneIdOf(qname), id, qname, qtype);
      this.ports.set(id, await openPort(port, resolve, answers.onError));
    }
  }

  /** The port at which real clients can ask a resolver; null where none is open. */
  portOf(id: PracticeId): number | null {
    return this.ports.get(id)?.port ?? null;
  }

  /** Empties one cache of a zone, or all three. */
  flush(zone: number, id: PracticeId | null): void {
    const memory = this.memories.peek(zone);
    if (memory === undefined) return;
    for (const persona of PERSONAS) if (id === null || id === persona.id) memory.caches[persona.id].clear();
    this.memories.changed(memory);
  }

  run(zone: number, speed: PracticeSpeed): void {
    const memory = this.memories.of(zone);
    memory.clock.run(speed);
    this.memories.changed(memory);
  }

  async stop(): Promise<void> {
    const doors = await Promise.all(this.doors.values());
    await Promise.all([...doors, ...this.ports.values()].map((open) => open.close()));
  }

  private async worldOf({ id, address }: Persona) {
    const { zoneOf, isOurAddress, monotonic, random, answers } = this.settings;
    const opening = this.doors.get(id) ?? openDoor(address, answers);
    this.doors.set(id, opening);
    // A door that could not be opened may be opened later.
    opening.catch(() => this.doors.delete(id));
    const [{ port }, exchange] = await Promise.all([opening, loadExchange()]);
    const serverAt = (at: string): Server | null => (isOurAddress(at) ? { address: at, port } : null);
    return { home: { address: '127.0.0.1', port }, exchange, zoneOf, serverAt, monotonic, random };
  }
}

async function loadExchange(): Promise<Exchange> {
  return (await import('./upstream.ts')).askThroughDns2;
}

function refusal(name: Name): Resolution {
  const steps = [{ kind: 'stop', name, reason: 'foreign' } as const];
  return { rcode: RCODE.REFUSED, answer: [], authority: [], cached: 'none', steps, took: 0 };
}
