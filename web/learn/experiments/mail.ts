import type { Experiment } from '../experiment.ts';
import { all, has } from '../world.ts';
import { remove, scene, send, write, writeLines } from './build.ts';

const KEY = 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const OURS = '192.0.2.25';
const FORGER = '203.0.113.66';

/** How a letter finds its way, and why it is believed. */
export const mail: readonly Experiment[] = [
  {
    id: 'mx',
    own: 'post',
    steps: [
      write('address', { name: 'post', type: 'A', values: { address: '192.0.2.70' } }),
      send('implicit', { walk: 'mailer', at: 'post' }, 'implicit'),
      writeLines(
        'exchanges',
        [
          'post 60 MX 10 {first.post}.',
          'post 60 MX 20 {second.post}.',
          'first.post 60 A 192.0.2.71',
          'second.post 60 A 192.0.2.72',
        ],
        all(
          has('post', 'MX', () => true, 2),
          has('first.post', 'A'),
          has('second.post', 'A'),
        ),
      ),
      send('first', { walk: 'mailer', at: 'post' }, 'first'),
      remove('storm', ['first.post', 'A']),
      send('second', { walk: 'mailer', at: 'post' }, 'later'),
      remove('close', ['post', 'MX']),
      write(
        'null',
        { name: 'post', type: 'MX', values: { preference: '0', exchange: '.' } },
        all(
          has('post', 'MX', ({ content }) => content === '0 .'),
          ({ records }) => records.filter(({ name, type }) => name === 'post' && type === 'MX').length === 1,
        ),
      ),
      send('refused', { walk: 'mailer', at: 'post' }, 'refused'),
    ],
    story: [scene('mailer>server', 'server>mailer', 'mailer>site'), scene('mailer>server', 'server>mailer')],
  },
  {
    id: 'letters',
    own: 'letters',
    steps: [
      send('trust', { walk: 'receiver', at: 'letters', input: FORGER }, 'unsure'),
      write('spf', { name: 'letters', type: 'TXT', values: { text: `v=spf1 ip4:${OURS} -all` } }),
      send('ours', { walk: 'receiver', at: 'letters', input: OURS }, 'accepted'),
      send('forged', { walk: 'receiver', at: 'letters', input: FORGER }, 'unsure', ({ lines }) =>
        lines.some(({ say, with: [result] }) => say === 'spfResult' && result === 'fail'),
      ),
      write('dmarc', { name: '_dmarc.letters', type: 'TXT', values: { text: 'v=DMARC1; p=reject' } }),
      send('rejected', { walk: 'receiver', at: 'letters', input: FORGER }, 'rejected'),
      write('dkim', { name: 'sand._domainkey.letters', type: 'TXT', values: { text: KEY } }),
      send('key', { walk: 'receiver', at: 'letters', input: OURS }, 'accepted', ({ lines }) =>
        lines.some(({ say }) => say === 'dkimKey'),
      ),
    ],
    story: [scene('other>mailer', 'mailer>server', 'server>mailer', 'mailer>other')],
  },
];
