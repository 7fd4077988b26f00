import type { Experiment } from '../experiment.ts';
import { all, has } from '../world.ts';
import type { Walked } from '../walks/walk.ts';
import { remove, scene, send, write, writeLines } from './build.ts';

const SERVICE = '_sand._udp.game';

const hostOf = ({ lines }: Walked): string => lines.find(({ say }) => say === 'srvConnects')?.with[0] ?? '';

/** Records that are read before anybody connects. */
export const services: readonly Experiment[] = [
  {
    id: 'caa',
    own: 'lock',
    steps: [
      send('open', { walk: 'authority', at: 'www.lock', input: 'ca.example' }, 'unrestricted'),
      write('lock', { name: 'lock', type: 'CAA', values: { flags: '0', tag: 'issue', value: 'ca.example' } }),
      send('named', { walk: 'authority', at: 'www.lock', input: 'ca.example' }, 'allowed'),
      send('other', { walk: 'authority', at: 'www.lock', input: 'cheap.example' }, 'refused'),
      write(
        'wild',
        { name: 'lock', type: 'CAA', values: { flags: '0', tag: 'issuewild', value: ';' } },
        has('lock', 'CAA', ({ content }) => content.includes('issuewild')),
      ),
      send('star', { walk: 'authority', at: '*.lock', input: 'ca.example' }, 'refused'),
    ],
    story: [scene('you>authority', 'authority>server', 'server>authority', 'authority>you')],
  },
  {
    id: 'https',
    own: 'swift',
    steps: [
      write('address', { name: 'swift', type: 'A', values: { address: '192.0.2.80' } }),
      send('plain', { walk: 'browser', at: 'swift' }, 'plain'),
      write('bind', { name: 'swift', type: 'HTTPS', values: { priority: '1', target: '.', params: 'alpn=h2,h3 port=8443' } }),
      send('quick', { walk: 'browser', at: 'swift' }, 'h3'),
      write('alias', { name: 'door.swift', type: 'HTTPS', values: { priority: '0', target: '{swift}.', params: '' } }),
      send('through', { walk: 'browser', at: 'door.swift' }, 'h3', ({ lines }) =>
        lines.some(({ say }) => say === 'httpsAlias'),
      ),
    ],
    story: [
      scene('browser>server', 'server>browser', 'browser>site', 'site>browser'),
      scene('browser>server', 'server>browser', 'browser>site'),
    ],
  },
  {
    id: 'dns-01',
    own: 'cert',
    steps: [
      send('look', { walk: 'challenge', at: 'cert', input: '{!token}' }, 'missing'),
      write('prove', { name: '_acme-challenge.cert', type: 'TXT', values: { text: '{!token}' } }, (world) =>
        has('_acme-challenge.cert', 'TXT', ({ content }) => content.includes(world.given.token))(world),
      ),
      send('met', { walk: 'challenge', at: 'cert', input: '{!token}' }, 'met'),
      remove('tidy', ['_acme-challenge.cert', 'TXT']),
      writeLines(
        'alias',
        ['_acme-challenge.cert 60 CNAME {proof.cert}.', 'proof.cert 60 TXT "{!token}"'],
        all(has('_acme-challenge.cert', 'CNAME'), has('proof.cert', 'TXT')),
      ),
      send('aliased', { walk: 'challenge', at: 'cert', input: '{!token}' }, 'metByAlias'),
    ],
    story: [
      scene('you>authority', 'authority>you', 'you>server'),
      scene('authority>server', 'server>authority', 'authority>you'),
    ],
  },
  {
    id: 'srv',
    own: 'game',
    steps: [
      writeLines(
        'create',
        [
          `${SERVICE} 60 SRV 10 70 4000 {big.game}.`,
          `${SERVICE} 60 SRV 10 30 4000 {small.game}.`,
          `${SERVICE} 60 SRV 20 0 4001 {spare.game}.`,
          'big.game 60 A 192.0.2.91',
          'small.game 60 A 192.0.2.92',
          'spare.game 60 A 192.0.2.93',
        ],
        has(SERVICE, 'SRV', () => true, 3),
      ),
      send('draw', { walk: 'client', at: SERVICE }, 'connected'),
      {
        key: 'other',
        tool: { kind: 'walk', walk: 'client', at: SERVICE, input: '' },
        done: ({ walks }) => new Set(walks.map(hostOf)).size > 1,
      },
      remove('storm', ['big.game', 'A'], ['small.game', 'A']),
      send('spare', { walk: 'client', at: SERVICE }, 'fallback'),
    ],
    story: [scene('you>server', 'server>you', 'you>site')],
  },
];
