import { describe, expect, it } from 'vitest';
import { makeZone, zoneSet } from '../../tests/support/dns.ts';
import { outcome, PracticeRoom, steps } from '../../tests/support/practice.ts';

const zones = zoneSet(
  makeZone(
    'example.',
    `www 60 A 192.0.2.1
     www 60 A 192.0.2.2
     alias 30 CNAME www
     alias2 30 CNAME alias
     away 30 CNAME www.elsewhere.
     neighbour 30 CNAME www.other.
     lost 30 CNAME nothing
     round 30 CNAME about
     about 30 CNAME round
     self 30 CNAME self
     long 1000000 A 192.0.2.3
     zero 0 A 192.0.2.4
     a.b.c 60 A 192.0.2.5
     *.wild 60 A 192.0.2.6
     big 60 TXT "${'x'.repeat(250)}" "${'y'.repeat(250)}" "${'z'.repeat(250)}"
     glued 60 NS ns.glued
     ns.glued 60 A 127.0.0.1
     glueless 60 NS ns.other.
     outside 60 NS ns.elsewhere.
     afar 60 NS ns.afar
     ns.afar 60 A 198.51.100.1
     cyclic 60 NS ns.cyclic2
     cyclic2 60 NS ns.cyclic
     raw 60 TXT "\\255\\254"`,
  ),
  makeZone('other.', 'www 60 A 192.0.2.9\nns 60 A 127.0.0.1', 2),
);
const room = (id: 'amber' | 'basil' | 'coral' = 'amber') => new PracticeRoom(id, zones);

describe('a look-up', () => {
  it('asks once, and answers from the cache with what is left of the TTL', async () => {
    const amber = room();
    expect(outcome(await amber.resolve('www.example.'))).toEqual([
      'NOERROR none',
      'www.example. 60 A 192.0.2.1',
      'www.example. 60 A 192.0.2.2',
    ]);
    amber.now = 20_500;
    expect(outcome(await amber.resolve('WWW.example.'))).toEqual([
      'NOERROR all',
      'www.example. 40 A 192.0.2.1',
      'www.example. 40 A 192.0.2.2',
    ]);
    amber.now = 60_000;
    expect((await amber.resolve('www.example.')).cached).toBe('none');
    expect(amber.asked).toEqual(['www.example. A udp', 'www.example. A udp']);
  });

  it('keeps the old answer for its time, whatever the zone says meanwhile', async () => {
    const changing = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1'));
    const amber = new PracticeRoom('amber', changing);
    await amber.resolve('www.example.');
    changing.set(makeZone('example.', 'www 60 A 192.0.2.99'));
    expect(outcome(await amber.resolve('www.example.'))[1]).toContain('192.0.2.1');
    amber.now = 61_000;
    expect(outcome(await amber.resolve('www.example.'))[1]).toContain('192.0.2.99');
  });

  it('follows aliases, each link living its own time', async () => {
    const amber = room();
    expect(outcome(await amber.resolve('alias2.example.'))).toEqual([
      'NOERROR none',
      'alias2.example. 30 CNAME alias.example.',
      'alias.example. 30 CNAME www.example.',
      'www.example. 60 A 192.0.2.1',
      'www.example. 60 A 192.0.2.2',
    ]);
    expect(amber.asked).toHaveLength(1);
    amber.now = 31_000;
    expect((await amber.resolve('alias.example.')).cached).toBe('none');
    expect((await amber.resolve('www.example.')).cached).toBe('all');
  });

  it('asks anew about the target in another zone: the server that knows the alias need not know that (RFC 5452 §6)', async () => {
    const amber = room();
    expect(outcome(await amber.resolve('neighbour.example.')).at(-1)).toBe('www.other. 60 A 192.0.2.9');
    expect(amber.asked).toEqual(['neighbour.example. A udp', 'www.other. A udp']);
  });

  it.each([
    ['away.example.', ['query udp', 'alias', 'stop foreign'], 'SERVFAIL none'],
    ['round.example.', ['query udp', 'alias', 'alias', 'stop loop'], 'SERVFAIL none'],
    ['self.example.', ['query udp', 'alias', 'stop loop'], 'SERVFAIL none'],
    ['www.elsewhere.', ['stop foreign'], 'REFUSED none'],
    ['example.www.elsewhere.', ['stop foreign'], 'REFUSED none'],
  ])('of %s goes %j', async (qname, expected, first) => {
    const result = await room().resolve(qname);
    expect([steps(result), outcome(result)[0]]).toEqual([expected, first]);
  });

  it('of a type that dns2 cannot ask for, or a label with a dot, stops before anything is sent', async () => {
    const amber = room();
    const { askThroughDns2 } = await import('./upstream.ts');
    const { name } = await import('../../tests/support/dns.ts');
    const how = { transport: 'udp', clientSubnet: null, exactCase: false } as const;
    for (const asked of [
      { qname: name('www.example.'), qtype: 65280 },
      { qname: name('www.example.'), qtype: 252 },
      { qname: name('www.example.'), qtype: 255 },
      { qname: name('a\\.b.example.'), qtype: 1 },
    ]) {
      expect(await askThroughDns2({ address: '127.0.0.1', port: 1 }, asked, how)).toBe('unaskable');
    }
    expect(amber.asked).toEqual([]);
  });

  it('comes back over TCP when the answer was cut', async () => {
    const result = await room().resolve('big.example.', 'TXT');
    expect([steps(result), outcome(result)[0]]).toEqual([['query udp', 'query tcp'], 'NOERROR none']);
    expect(steps(await room('coral').resolve('big.example.', 'TXT'))).toEqual(['query udp']);
  });

  it('keeps nothing that lives for no time, but gives it out', async () => {
    const amber = room();
    expect(outcome(await amber.resolve('zero.example.'))).toEqual(['NOERROR none', 'zero.example. 0 A 192.0.2.4']);
    expect((await amber.resolve('zero.example.')).cached).toBe('none');
  });

  it.each([
    ['amber', 604_800],
    ['basil', 86_400],
    ['coral', 300],
  ] as const)('lets %s keep a record for %i seconds at most', async (id, ttl) => {
    const here = room(id);
    expect(outcome(await here.resolve('long.example.'))[1]).toBe(`long.example. ${ttl} A 192.0.2.3`);
  });

  it('gives records in turns only where the resolver does so', async () => {
    const firsts = async (id: 'amber' | 'coral') => {
      const here = room(id);
      await here.resolve('www.example.');
      const answers = [await here.resolve('www.example.'), await here.resolve('www.example.')];
      return answers.map((answer) => outcome(answer)[1]!.split(' ').at(-1));
    };
    expect(await firsts('amber')).toEqual(['192.0.2.1', '192.0.2.1']);
    expect((await firsts('coral')).toSorted()).toEqual(['192.0.2.1', '192.0.2.2']);
  });
});

describe('what is not there, RFC 2308', () => {
  it('§5: NXDOMAIN is remembered for the name, for as long as the SOA says, whatever the type', async () => {
    const amber = room();
    const [first, soa] = outcome(await amber.resolve('nothing.example.'));
    expect([first, soa!.split(' ').slice(0, 3)]).toEqual(['NXDOMAIN none', ['example.', '900', 'SOA']]);
    expect(outcome(await amber.resolve('nothing.example.', 'MX'))[0]).toBe('NXDOMAIN all');
    amber.now = 901_000;
    expect((await amber.resolve('nothing.example.')).cached).toBe('none');
  });

  it('§5: NODATA is remembered for the type alone', async () => {
    const amber = room();
    expect(outcome(await amber.resolve('www.example.', 'AAAA'))[0]).toBe('NOERROR none');
    expect(outcome(await amber.resolve('www.example.', 'AAAA'))[0]).toBe('NOERROR all');
    expect((await amber.resolve('www.example.', 'MX')).cached).toBe('none');
    expect(outcome(await amber.resolve('www.example.'))[1]).toContain('192.0.2.1');
  });

  it('§2.1: behind an alias it is about the target', async () => {
    const amber = room();
    expect(outcome(await amber.resolve('lost.example.'))[0]).toBe('NXDOMAIN none');
    expect(outcome(await amber.resolve('nothing.example.'))[0]).toBe('NXDOMAIN all');
    expect(amber.cache.list(0).map(({ kind, name }) => `${kind} ${name.toText()}`)).toEqual([
      'nxdomain nothing.example.',
      'records lost.example.',
    ]);
  });

  it.each([
    ['amber', '900'],
    ['basil', '900'],
    ['coral', '30'],
  ] as const)('§5: %s keeps it for %s seconds at most', async (id, ttl) => {
    expect(outcome(await room(id).resolve('nothing.example.'))[1]!.split(' ')[1]).toBe(ttl);
  });

  it('RFC 8020: Basil knows that nothing is below; Amber asks again', async () => {
    for (const [id, count] of [
      ['basil', 1],
      ['amber', 2],
    ] as const) {
      const here = room(id);
      await here.resolve('nothing.example.');
      expect(outcome(await here.resolve('deep.below.nothing.example.'))[0]).toContain('NXDOMAIN');
      expect(here.asked).toHaveLength(count);
    }
  });

  it('a name made late is found when the time of its absence is over', async () => {
    const growing = zoneSet(makeZone('example.', ''));
    const amber = new PracticeRoom('amber', growing);
    await amber.resolve('late.example.');
    growing.set(makeZone('example.', 'late 60 A 192.0.2.1'));
    expect(outcome(await amber.resolve('late.example.'))[0]).toBe('NXDOMAIN all');
    amber.now = 900_001;
    expect(outcome(await amber.resolve('late.example.'))[0]).toBe('NOERROR none');
  });
});

describe('QNAME minimisation, RFC 9156', () => {
  it('shows each server no more of the name than it needs', async () => {
    const basil = room('basil');
    expect(outcome(await basil.resolve('a.b.c.example.', 'TXT'))[0]).toBe('NOERROR none');
    expect(basil.asked.map((line) => line.toLowerCase())).toEqual([
      'c.example. a udp',
      'b.c.example. a udp',
      'a.b.c.example. txt udp',
    ]);
  });

  it('stops where there is nothing, and asks no step twice', async () => {
    const basil = room('basil');
    expect(outcome(await basil.resolve('x.y.nothing.example.'))[0]).toBe('NXDOMAIN none');
    expect(basil.asked).toHaveLength(1);
    await basil.resolve('a.b.c.example.');
    await basil.resolve('a.b.c.example.', 'MX');
    expect(basil.asked).toHaveLength(5);
  });

  it('finds wildcards, and goes no more than ten steps (§2.3)', async () => {
    const basil = room('basil');
    const deep = `${'a.'.repeat(40)}wild.example.`;
    expect(outcome(await basil.resolve(deep))[1]).toBe(`${deep} 60 A 192.0.2.6`);
    expect(basil.asked.length).toBeLessThanOrEqual(10);
  });

  it('0x20: asks in mixed case, and answers in the case it was asked in', async () => {
    const basil = room('basil');
    expect(outcome(await basil.resolve('alias.example.'))).toEqual([
      'NOERROR none',
      'alias.example. 30 CNAME www.example.',
      'www.example. 60 A 192.0.2.1',
      'www.example. 60 A 192.0.2.2',
    ]);
    expect(basil.asked[0]).not.toBe(basil.asked[0]!.toLowerCase());
  });
});

describe('a delegation', () => {
  it.each([
    ['x.glued.example.', ['query udp', 'referral', 'query udp', 'stop lame']],
    ['x.glueless.example.', ['query udp', 'referral', 'query udp', 'query udp', 'stop lame']],
    ['x.afar.example.', ['query udp', 'referral', 'stop elsewhere']],
    ['x.outside.example.', ['query udp', 'referral', 'stop foreign', 'stop lame']],
  ])('of %s is followed as far as it leads: %j', async (qname, expected) => {
    const result = await room().resolve(qname);
    expect([steps(result), outcome(result)[0]]).toEqual([expected, 'SERVFAIL none']);
  });

  it('is remembered, with its glue', async () => {
    const amber = room();
    await amber.resolve('x.glued.example.');
    const before = amber.asked.length;
    expect(steps(await amber.resolve('y.glued.example.'))).toEqual(['referral', 'query udp', 'stop lame']);
    expect(amber.asked.length - before).toBe(1);
    expect(amber.cache.list(0)[0]).toMatchObject({ kind: 'delegation', ttl: 60 });
  });

  it('DS is asked above the cut, RFC 4035 §3.1.4.1', async () => {
    const amber = room();
    await amber.resolve('x.glued.example.');
    expect(outcome(await amber.resolve('glued.example.', 'DS'))[0]).toBe('NOERROR none');
  });

  it('whose servers hang on one another ends', async () => {
    const amber = room();
    const result = await amber.resolve('x.cyclic.example.');
    expect(outcome(result)[0]).toBe('SERVFAIL none');
    expect(steps(result)).toContain('stop loop');
    expect(amber.asked.length).toBeLessThan(10);
  });

  it('NS records may lead anywhere: no chain of them takes more than thirty questions', async () => {
    const many = Array.from({ length: 40 }, (_, i) => `z${i} 60 NS ns.z${i + 1}`).join('\n');
    const wide = Array.from({ length: 40 }, (_, i) => `w 60 NS ns.z${i}`).join('\n');
    const amber = new PracticeRoom('amber', zoneSet(makeZone('example.', `${many}\n${wide}`)));
    expect(outcome(await amber.resolve('x.w.example.'))[0]).toBe('SERVFAIL none');
    expect(amber.asked.length).toBeLessThanOrEqual(30);
  });
});

describe('a reply that no sound server sends', () => {
  it('none: asked twice, then given up', async () => {
    const amber = room();
    amber.answer = () => null;
    const result = await amber.resolve('www.example.');
    expect([steps(result), outcome(result)]).toEqual([['query udp', 'query udp', 'stop silence'], ['SERVFAIL none']]);
  });

  it('TXT that is not UTF-8, which dns2 cannot tell, is no answer', async () => {
    expect(steps(await room().resolve('raw.example.', 'TXT')).at(-1)).toBe('stop unreadable');
  });
});
