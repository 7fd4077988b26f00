import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a kernel has its groups for memory: version 1, or 2. */
const VERSION_1 = '/sys/fs/cgroup/memory';
const VERSION_2 = '/sys/fs/cgroup';

/** Processes that share so much memory and get no more, as on a machine of that size: one too many is killed. */
export class MemoryGroup {
  private readonly dir: string;
  private readonly home: string;
  private readonly isVersion1: boolean;

  constructor(name: string, bytes: number) {
    this.isVersion1 = existsSync(join(VERSION_1, 'memory.limit_in_bytes'));
    this.home = this.isVersion1 ? VERSION_1 : VERSION_2;
    this.dir = join(this.home, name);
    if (!this.isVersion1) writeFileSync(join(VERSION_2, 'cgroup.subtree_control'), '+memory');
    mkdirSync(this.dir);
    this.write(this.isVersion1 ? 'memory.limit_in_bytes' : 'memory.max', bytes);
    // Where there is swap, it does not help: a machine that small has none worth having.
    if (this.isVersion1 && existsSync(join(this.dir, 'memory.memsw.limit_in_bytes')))
      this.write('memory.memsw.limit_in_bytes', bytes);
    if (!this.isVersion1 && existsSync(join(this.dir, 'memory.swap.max'))) this.write('memory.swap.max', 0);
  }

  /** Runs `begin` as a member, so that every process which it starts is one. */
  async startInside<T>(begin: () => T | Promise<T>): Promise<T> {
    this.write('cgroup.procs', process.pid);
    try {
      return await begin();
    } finally {
      writeFileSync(join(this.home, 'cgroup.procs'), String(process.pid));
    }
  }

  /** Octets in use, files that the kernel keeps in memory included. */
  get used(): number {
    return Number(this.read(this.isVersion1 ? 'memory.usage_in_bytes' : 'memory.current'));
  }

  /** Processes that were killed for want of memory. */
  get kills(): number {
    const events = this.read(this.isVersion1 ? 'memory.oom_control' : 'memory.events');
    return Number(/^oom_kill (\d+)/m.exec(events)?.[1] ?? 0);
  }

  /** Ids of the processes that are members. */
  get members(): number[] {
    return this.read('cgroup.procs').split('\n').filter(Boolean).map(Number);
  }

  /** Once there are no members any more. */
  remove(): void {
    rmdirSync(this.dir);
  }

  private read(file: string): string {
    return readFileSync(join(this.dir, file), 'utf8');
  }

  private write(file: string, value: number): void {
    writeFileSync(join(this.dir, file), String(value));
  }
}

/** Octets of memory that a process has; 0 when it is no more. */
export function residentOctets(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
