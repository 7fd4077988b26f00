import type { Experiment } from '../experiment.ts';
import { all, answered, contents, has, isNodata, isNxdomain } from '../world.ts';
import { ask, change, remove, scene, write, writeLines } from './build.ts';

/** As many words as make an answer too big for one datagram, and as many as fit. */
const LONG = 'Sand is small. '.repeat(100).trim();
const SHORT = 'Sand is small. '.repeat(50).trim();

/** What a name server says, and what it means by it. */
export const answers: readonly Experiment[] = [
  {
    id: 'nodata',
    own: 'half',
    steps: [
      write('create', { name: 'half', type: 'A', values: { address: '192.0.2.10' } }),
      ask('nodata', { name: 'half', type: 'AAAA' }, isNodata),
      ask('nxdomain', { name: 'nobody.half', type: 'AAAA' }, isNxdomain),
      write('fill', { name: 'half', type: 'AAAA', values: { address: '2001:db8::10' } }),
      ask('again', { name: 'half', type: 'AAAA' }, answered),
    ],
    story: [scene('resolver>server', 'server>resolver'), scene('resolver>server', 'server>resolver')],
  },
  {
    id: 'wildcard',
    own: 'wild',
    steps: [
      write('create', { name: '*.wild', type: 'A', values: { address: '192.0.2.20' } }),
      ask('any', { name: 'anything.wild', type: 'A' }, answered),
      ask('deep', { name: 'far.and.away.wild', type: 'A' }, answered),
      write('block', { name: 'taken.wild', type: 'TXT', values: { text: 'Somebody sits here.' } }),
      ask('blocked', { name: 'taken.wild', type: 'A' }, isNodata),
      ask('below', { name: 'below.taken.wild', type: 'A' }, isNxdomain),
    ],
    story: [scene('resolver>server', 'server>resolver'), scene('resolver>server', 'server>resolver')],
  },
  {
    id: 'empty-non-terminal',
    own: 'deep',
    steps: [
      write('create', { name: 'a.b.deep', type: 'A', values: { address: '192.0.2.30' } }),
      ask('between', { name: 'b.deep', type: 'A' }, isNodata),
      ask('beside', { name: 'c.deep', type: 'A' }, isNxdomain),
      remove('remove', ['a.b.deep', 'A']),
      ask('gone', { name: 'b.deep', type: 'A' }, isNxdomain),
    ],
    story: [scene('resolver>server', 'server>resolver'), scene('resolver>server', 'server>resolver')],
  },
  {
    id: 'cname-loop',
    own: 'loop',
    steps: [
      writeLines(
        'create',
        ['tick.loop 60 CNAME {tock.loop}.', 'tock.loop 60 CNAME {tick.loop}.'],
        all(has('tick.loop', 'CNAME'), has('tock.loop', 'CNAME')),
      ),
      ask('ask', { name: 'tick.loop', type: 'A' }, ({ response: { answer } }) => {
        return contents(answer, 'CNAME').length >= 2 && contents(answer, 'A').length === 0;
      }),
      ask('amber', { name: 'tick.loop', type: 'A', whom: 'amber' }, ({ response }) => response.rcode === 'SERVFAIL'),
      remove('break', ['tock.loop', 'CNAME']),
      write('ground', { name: 'tock.loop', type: 'A', values: { address: '192.0.2.50' } }),
      ask('again', { name: 'tick.loop', type: 'A' }, ({ response }) => contents(response.answer, 'A').length > 0),
    ],
    story: [scene('resolver>server', 'server>resolver'), scene('you>resolver', 'resolver>you')],
  },
  {
    id: 'dname',
    own: 'moved',
    steps: [
      write('house', { name: 'shed.new.moved', type: 'A', values: { address: '192.0.2.40' } }),
      write('move', { name: 'old.moved', type: 'DNAME', values: { target: '{new.moved}.' } }),
      ask('follow', { name: 'shed.old.moved', type: 'A' }, ({ response: { answer } }) =>
        ['DNAME', 'CNAME', 'A'].every((type) => contents(answer, type).length > 0),
      ),
      ask('itself', { name: 'old.moved', type: 'A' }, isNodata),
    ],
    story: [scene('resolver>server', 'server>resolver')],
  },
  {
    id: 'big-txt',
    own: 'big',
    steps: [
      write(
        'create',
        { name: 'big', type: 'TXT', values: { text: LONG } },
        has('big', 'TXT', ({ content }) => content.length > 1232),
      ),
      ask('udp', { name: 'big', type: 'TXT', whom: 'udp' }, ({ response }) => response.flags.includes('TC')),
      ask('tcp', { name: 'big', type: 'TXT', whom: 'tcp' }, (one) => one.whom === 'tcp' && answered(one)),
      ask('amber', { name: 'big', type: 'TXT', whom: 'amber' }, (one) => one.asker === 'Amber' && one.whom === 'tcp'),
      change(
        'cut',
        { name: 'big', type: 'TXT', values: { text: SHORT } },
        has('big', 'TXT', ({ content }) => content.length > 512 && content.length < 1100),
      ),
      ask('fits', { name: 'big', type: 'TXT', whom: 'udp' }, (one) => one.whom === 'udp' && answered(one)),
      ask('narrow', { name: 'big', type: 'TXT', whom: 'udp', udpSize: 512 }, ({ response }) => response.flags.includes('TC')),
    ],
    story: [scene('resolver>server', 'server>resolver'), scene('resolver>server', 'server>resolver')],
  },
];
