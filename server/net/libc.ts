import { readFileSync } from 'node:fs';
import { getPriority } from 'node:os';

/** Numbers of Linux, the same on x64 and arm64, with glibc and musl. */
export const LINUX = {
  AF_INET: 2,
  AF_INET6: 10,
  SOCK_DGRAM: 2,
  SOCK_CLOEXEC: 0o2000000,
  EFD_CLOEXEC: 0o2000000,
  EFD_NONBLOCK: 0o4000,
  SOL_SOCKET: 1,
  SO_RCVBUF: 8,
  SO_REUSEPORT: 15,
  SO_MEMINFO: 55,
  IPPROTO_IP: 0,
  IP_PKTINFO: 8,
  IPPROTO_IPV6: 41,
  IPV6_RECVPKTINFO: 49,
  POLLIN: 1,
  MSG_DONTWAIT: 0x40,
  MADV_DONTNEED: 4,
  F_SETFD: 2,
} as const;

/**
 * The structures that recvmmsg and sendmmsg work on, as 64-bit little-endian Linux lays them out. musl declares some lengths
 * narrower than glibc and pads them to the same places, which is the same to whoever writes zeros into the padding.
 */
export const MMSGHDR = {
  NAME: 0,
  NAME_LENGTH: 8,
  VECTOR: 16,
  VECTOR_COUNT: 24,
  CONTROL: 32,
  CONTROL_LENGTH: 40,
  FLAGS: 48,
  LENGTH: 56,
  SIZE: 64,
} as const;
export const IOVEC = { BASE: 0, LENGTH: 8, SIZE: 16 } as const;
/** sockaddr_in6 is the longer of the two addresses; its own 28 octets, rounded up. */
export const SOCKADDR = {
  FAMILY: 0,
  PORT: 2,
  IPV4: 4,
  IPV6: 8,
  SCOPE: 24,
  LENGTH_IPV4: 16,
  LENGTH_IPV6: 28,
  SIZE: 32,
} as const;
/** One control message with the address that was asked: in_pktinfo or in6_pktinfo behind a header of 16 octets. */
export const PKTINFO = { LEVEL: 8, IFINDEX_IPV4: 16, IFINDEX_IPV6: 32, SIZE: 64 } as const;
/** sched_setattr has no name in the C library; struct sched_attr of Linux 3.14, sched(7). */
const SCHED_SETATTR = { x64: 314, arm64: 274 } as const;
const SCHED_ATTR = { SIZE: 48, NICE: 16, RUNTIME: 24 } as const;
const POLLFD = { SIZE: 8, EVENTS: 4 } as const;
/** Places of 32 bits that SO_MEMINFO fills; the last counts what found no room in the receive buffer. */
const MEMINFO = { SIZE: 9, DROPS: 8 } as const;

/** Where a socket is bound; `scope` is 0 but for link-local addresses. */
export interface SocketAddress {
  readonly address: Uint8Array;
  readonly scope: number;
  readonly port: number;
}

type Koffi = typeof import('koffi').default;
type Call = ReturnType<ReturnType<Koffi['load']>['func']>;

/**
 * Every call that reaches around Node into the C library, and so everything that could damage memory. Whoever holds an instance
 * has seen that the platform is one whose structures are known. Addresses are those of `addressOf`.
 */
export class Libc {
  private readonly socket: Call;
  private readonly bindCall: Call;
  private readonly getsockname: Call;
  private readonly setsockopt: Call;
  private readonly getsockopt: Call;
  private readonly recvmmsg: Call;
  private readonly sendmmsg: Call;
  private readonly pollCall: Call;
  private readonly eventfd: Call;
  private readonly readCall: Call;
  private readonly writeCall: Call;
  private readonly closeCall: Call;
  private readonly schedYield: Call;
  private readonly execve: Call;
  private readonly fcntl: Call;
  private readonly madvise: Call;
  /** Null in C libraries that give back what is free by themselves. */
  private readonly mallocTrim: Call | null;
  private readonly syscall: Call;
  private readonly koffi: Koffi;
  private readonly event = new BigUint64Array([1n]);

  private constructor(koffi: Koffi) {
    this.koffi = koffi;
    const libc = koffi.load(null);
    this.socket = libc.func('int socket(int domain, int type, int protocol)');
    this.bindCall = libc.func('int bind(int fd, const void *address, uint32_t length)');
    this.getsockname = libc.func('int getsockname(int fd, void *address, void *length)');
    this.setsockopt = libc.func('int setsockopt(int fd, int level, int name, const void *value, uint32_t length)');
    this.getsockopt = libc.func('int getsockopt(int fd, int level, int name, void *value, void *length)');
    this.recvmmsg = libc.func('int recvmmsg(int fd, uintptr_t messages, unsigned int count, int flags, uintptr_t timeout)');
    this.sendmmsg = libc.func('int sendmmsg(int fd, uintptr_t messages, unsigned int count, int flags)');
    this.pollCall = libc.func('int poll(void *fds, unsigned long count, int timeout)');
    this.eventfd = libc.func('int eventfd(unsigned int initial, int flags)');
    this.readCall = libc.func('long read(int fd, void *to, size_t count)');
    this.writeCall = libc.func('long write(int fd, const void *from, size_t count)');
    this.closeCall = libc.func('int close(int fd)');
    this.fcntl = libc.func('int fcntl(int fd, int command, ...)');
    this.execve = libc.func('int execve(const char *path, const char **arguments, const char **environment)');
    this.madvise = libc.func('int madvise(uintptr_t address, size_t length, int advice)');
    this.mallocTrim = optional(() => libc.func('int malloc_trim(size_t padding)'));
    this.schedYield = libc.func('int sched_yield()');
    this.syscall = libc.func('long syscall(long number, int thread, const void *attributes, unsigned int flags)');
  }

  /** The C library of this machine, or why it cannot be used, in words that follow "because". */
  static async load(): Promise<Libc | string> {
    if (process.platform !== 'linux') return `${process.platform} is not Linux`;
    if (process.arch !== 'x64' && process.arch !== 'arm64') return `the structures of ${process.arch} are not known`;
    let koffi: Koffi;
    try {
      ({ default: koffi } = await import('koffi'));
    } catch (error) {
      return `koffi cannot be loaded: ${(error as Error).message.split('\n')[0]}`;
    }
    const iovec = koffi.struct({ base: 'void *', length: 'size_t' });
    const msghdr = koffi.struct({
      name: 'void *',
      nameLength: 'uint32_t',
      vector: 'void *',
      vectorCount: 'size_t',
      control: 'void *',
      controlLength: 'size_t',
      flags: 'int',
    });
    const mmsghdr = koffi.struct({ header: msghdr, length: 'unsigned int' });
    const asExpected =
      koffi.sizeof(iovec) === IOVEC.SIZE &&
      koffi.sizeof(mmsghdr) === MMSGHDR.SIZE &&
      koffi.offsetof(mmsghdr, 'length') === MMSGHDR.LENGTH &&
      koffi.offsetof(msghdr, 'control') === MMSGHDR.CONTROL &&
      koffi.offsetof(msghdr, 'flags') === MMSGHDR.FLAGS;
    return asExpected ? new Libc(koffi) : 'the structures of this machine are not those expected';
  }

  /** Where the octets of a buffer lie. They stay there as long as the buffer lives, which the caller must see to. */
  addressOf(octets: Uint8Array): number {
    return Number(this.koffi.address(octets));
  }

  /**
   * Opens a UDP socket with a receive buffer of `room` octets. With `shared`, others may bind the same address and the kernel
   * deals the clients out among them. `::` takes IPv4 clients too. A socket for all addresses tells with each message which of them
   * was asked. `scope` is the number of the interface that a link-local address is of, RFC 4007 §6. Throws what the system says, as
   * Node's own sockets do.
   */
  openUdp({ address, scope, port }: SocketAddress, room: number, shared: boolean): number {
    const isIpv6 = address.length === 16;
    const { AF_INET, AF_INET6, SOCK_DGRAM, SOCK_CLOEXEC, SOL_SOCKET, SO_RCVBUF, SO_REUSEPORT } = LINUX;
    const fd = this.check('socket', this.socket(isIpv6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    try {
      if (shared) this.setOption(fd, SOL_SOCKET, SO_REUSEPORT, 1);
      this.setOption(fd, SOL_SOCKET, SO_RCVBUF, room);
      if (address.every((octet) => octet === 0)) {
        if (isIpv6) this.setOption(fd, LINUX.IPPROTO_IPV6, LINUX.IPV6_RECVPKTINFO, 1);
        else this.setOption(fd, LINUX.IPPROTO_IP, LINUX.IP_PKTINFO, 1);
      }
      const name = new Uint8Array(SOCKADDR.SIZE);
      const view = new DataView(name.buffer);
      view.setUint16(SOCKADDR.FAMILY, isIpv6 ? AF_INET6 : AF_INET, true);
      view.setUint16(SOCKADDR.PORT, port);
      name.set(address, isIpv6 ? SOCKADDR.IPV6 : SOCKADDR.IPV4);
      if (isIpv6) view.setUint32(SOCKADDR.SCOPE, scope, true);
      this.check('bind', this.bindCall(fd, name, isIpv6 ? SOCKADDR.LENGTH_IPV6 : SOCKADDR.LENGTH_IPV4));
      return fd;
    } catch (error) {
      this.close(fd);
      throw error;
    }
  }

  portOf(fd: number): number {
    const name = new Uint8Array(SOCKADDR.SIZE);
    this.check('getsockname', this.getsockname(fd, name, Uint32Array.of(SOCKADDR.SIZE)));
    return new DataView(name.buffer).getUint16(SOCKADDR.PORT);
  }

  /** Packets that the kernel threw away because the receive buffer was full; 0 where it does not tell (before Linux 4.12). */
  dropsOf(fd: number): number {
    const info = new Uint32Array(MEMINFO.SIZE);
    this.getsockopt(fd, LINUX.SOL_SOCKET, LINUX.SO_MEMINFO, info, Uint32Array.of(info.byteLength));
    return info[MEMINFO.DROPS]!;
  }

  /** Takes what has come into at most `count` messages at `messages`, without waiting. Returns how many, 0 for none. */
  receive(fd: number, messages: number, count: number): number {
    const received = this.recvmmsg(fd, messages, count, LINUX.MSG_DONTWAIT, 0) as number;
    return received < 0 ? 0 : received;
  }

  /** Sends `count` messages from `messages` on. Returns how many went out before one that could not; -1 when the first could not. */
  send(fd: number, messages: number, count: number): number {
    return this.sendmmsg(fd, messages, count, 0) as number;
  }

  /** Room for `poll` to wait in. */
  makePollSet(fds: readonly number[]): Uint8Array {
    const set = new Uint8Array(fds.length * POLLFD.SIZE);
    const view = new DataView(set.buffer);
    for (const [i, fd] of fds.entries()) {
      view.setInt32(i * POLLFD.SIZE, fd, true);
      view.setInt16(i * POLLFD.SIZE + POLLFD.EVENTS, LINUX.POLLIN, true);
    }
    return set;
  }

  /** Waits until one of a set can be read, at most `timeout` milliseconds, -1 for ever. */
  poll(set: Uint8Array, timeout: number): void {
    this.pollCall(set, set.length / POLLFD.SIZE, timeout);
  }

  /** A descriptor that can be waited for beside sockets and rung from another thread. */
  openBell(): number {
    return this.check('eventfd', this.eventfd(0, LINUX.EFD_CLOEXEC | LINUX.EFD_NONBLOCK));
  }

  ringBell(fd: number): void {
    this.event[0] = 1n;
    this.writeCall(fd, this.event, 8);
  }

  silenceBell(fd: number): void {
    this.readCall(fd, this.event, 8);
  }

  /**
   * Asks that this thread run often and briefly, `nanoseconds` at a time, rather than seldom and long: it then need not wait for
   * others to use up their turns. Needs no privilege; a system that knows no such wish (before Linux 6.12) lets it pass.
   */
  preferShortTurns(nanoseconds: number): void {
    const attributes = new DataView(new ArrayBuffer(SCHED_ATTR.SIZE));
    attributes.setUint32(0, SCHED_ATTR.SIZE, true);
    attributes.setInt32(SCHED_ATTR.NICE, getPriority(), true);
    attributes.setBigUint64(SCHED_ATTR.RUNTIME, BigInt(nanoseconds), true);
    const number = SCHED_SETATTR[process.arch as keyof typeof SCHED_SETATTR];
    this.syscall(number, 0, new Uint8Array(attributes.buffer), 0);
  }

  /** Lets another thread that waits for this core go first; returns at once when there is none. */
  giveWay(): void {
    this.schedYield();
  }

  /** Puts another program in the place of this one, in the same process. Returns only when the system will not. */
  execute(path: string, words: readonly string[]): void {
    const environment = Object.entries(process.env).map(([name, value]) => `${name}=${value}`);
    // Node marks all it opens to be closed now, and sometimes what it was given as well.
    for (const fd of [0, 1, 2]) this.fcntl(fd, LINUX.F_SETFD, 'int', 0);
    this.execve(path, [...words, null], [...environment, null]);
  }

  /**
   * Takes pages of files out of this process that nothing was written to; the next look at one reads it from the file again. Where
   * the system does not tell what is in memory, all of it stays.
   */
  forgetFilePages(): void {
    let smaps: string;
    try {
      smaps = readFileSync('/proc/self/smaps', 'utf8');
    } catch {
      return;
    }
    for (const { start, length } of unchangedFileParts(smaps)) this.madvise(start, length, LINUX.MADV_DONTNEED);
  }

  /** Gives back the pages of `malloc` in which nothing lies, wherever they are: by itself it does so at the end of its memory only. */
  trimMemory(): void {
    this.mallocTrim?.(0);
  }

  close(fd: number): void {
    this.closeCall(fd);
  }

  private setOption(fd: number, level: number, name: number, value: number): void {
    this.check('setsockopt', this.setsockopt(fd, level, name, Int32Array.of(value), 4));
  }

  private check(call: string, result: number): number {
    if (result >= 0) return result;
    const errno = this.koffi.errno();
    const code = Object.entries(this.koffi.os.errno).find(([, number]) => number === errno)?.[0] ?? `errno ${errno}`;
    throw Object.assign(new Error(`${call} ${code}`), { code, errno, syscall: call });
  }
}

/** What of smaps, proc(5), is of a file, cannot be written to, and never was: what was, is nowhere but in memory. */
function* unchangedFileParts(smaps: string): Generator<{ start: number; length: number }> {
  for (const part of smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)) {
    const [, start, end] = /^([0-9a-f]+)-([0-9a-f]+) r-[x-]p \S+ \S+ [1-9]\d* +\//.exec(part) ?? [];
    if (start === undefined || !/^Anonymous: +0 kB$/m.test(part)) continue;
    yield { start: Number.parseInt(start, 16), length: Number.parseInt(end!, 16) - Number.parseInt(start, 16) };
  }
}

function optional(find: () => Call): Call | null {
  try {
    return find();
  } catch {
    return null;
  }
}
