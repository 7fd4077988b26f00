import type { Experiment } from '../experiment.ts';
import { answered, contents, has, isReferral, type Exchange } from '../world.ts';
import { ask, scene, send, tell, write } from './build.ts';

/** A referral, and whether addresses of name servers came with it. */
const refersWith =
  (glue: boolean) =>
  (exchange: Exchange): boolean =>
    isReferral(exchange) && contents(exchange.response.additional, 'A').length > 0 === glue;

const prefixOf = ({ subnet }: Exchange): number => Number(subnet.split('/')[1] ?? Number.NaN);

/** Who answers for a name, and what a name gives away. */
export const names: readonly Experiment[] = [
  {
    id: 'delegation',
    own: 'team',
    steps: [
      write('cut', { name: 'team', type: 'NS', values: { target: '{ns.team}.' } }),
      ask('lost', { name: 'www.team', type: 'A' }, refersWith(false)),
      write('glue', { name: 'ns.team', type: 'A', values: { address: '192.0.2.53' } }),
      ask('found', { name: 'www.team', type: 'A' }, refersWith(true)),
      write('hidden', { name: 'www.team', type: 'A', values: { address: '192.0.2.7' } }),
      ask('still', { name: 'www.team', type: 'A' }, isReferral),
      write(
        'outside',
        { name: 'team', type: 'NS', values: { target: 'ns1.example.net.' } },
        has('team', 'NS', ({ content }) => content === 'ns1.example.net.'),
      ),
      ask('both', { name: 'www.team', type: 'A' }, (exchange) => {
        const { authority, additional } = exchange.response;
        return isReferral(exchange) && contents(authority, 'NS').length > 1 && contents(additional, 'A').length === 1;
      }),
    ],
    story: [scene('resolver>server', 'server>resolver', 'resolver>other'), scene('resolver>server', 'server>resolver')],
  },
  {
    id: 'qname-minimisation',
    own: 'peek',
    steps: [
      write('create', { name: 'very.private.peek', type: 'A', values: { address: '192.0.2.60' } }),
      ask('whole', { name: 'very.private.peek', type: 'A' }, answered),
      send('bit', { walk: 'minimiser', at: 'very.private.peek' }, 'found'),
      send('nothing', { walk: 'minimiser', at: 'even.more.private.nothing.peek' }, 'stopped'),
    ],
    story: [scene('resolver>server', 'server>resolver'), scene('resolver>server', 'server>resolver', 'resolver>server')],
  },
  {
    id: 'case-games',
    own: 'case',
    steps: [
      write('create', { name: 'Sea.case', type: 'TXT', values: { text: 'salt' } }),
      ask('mixed', { name: 'sEa.CaSe', type: 'TXT' }, ({ name, query, response }) => {
        const echoed = response.question[0]?.name === query.question[0]?.name;
        return name !== name.toLowerCase() && name !== 'Sea.case' && echoed && response.answer.length > 0;
      }),
      ask(
        'basil',
        { name: 'sea.case', type: 'TXT', whom: 'basil' },
        ({ asker, name }) => asker === 'Basil' && /[A-Z]/.test(name),
      ),
      write(
        'second',
        { name: 'SEA.case', type: 'TXT', values: { text: 'sugar' } },
        has('sea.case', 'TXT', () => true, 2),
      ),
      ask('both', { name: 'sea.case', type: 'TXT' }, ({ response }) => contents(response.answer, 'TXT').length === 2),
      tell('count', (told) => told === '128'),
    ],
    story: [scene('resolver>server', 'other>resolver', 'server>resolver')],
  },
  {
    id: 'reverse',
    own: 'back',
    steps: [
      tell('turn', (told) => /^7\.2\.0\.192\.in-addr\.arpa\.?$/i.test(told)),
      write('pointer', { name: '7.2.0.192.back', type: 'PTR', values: { target: '{host.back}.' } }),
      ask('who', { name: '7.2.0.192.back', type: 'PTR' }, answered),
      write('forward', { name: 'host.back', type: 'A', values: { address: '192.0.2.7' } }),
      ask('agree', { name: 'host.back', type: 'A' }, ({ response }) => contents(response.answer, 'A').includes('192.0.2.7')),
    ],
    story: [scene('mailer>server', 'server>mailer', 'mailer>server', 'server>mailer')],
  },
  {
    id: 'client-subnet',
    own: 'near',
    steps: [
      write('create', { name: 'near', type: 'A', values: { address: '192.0.2.90' } }),
      ask('told', { name: 'near', type: 'A', subnet: '198.51.100.0/24' }, (one) => prefixOf(one) > 0 && answered(one)),
      ask('rough', { name: 'near', type: 'A', subnet: '198.51.0.0/16' }, (one) => prefixOf(one) > 0 && prefixOf(one) <= 16),
      ask('coral', { name: 'near', type: 'A', whom: 'coral' }, ({ asker, subnet }) => asker === 'Coral' && subnet !== ''),
      ask('silent', { name: 'near', type: 'A', subnet: '0.0.0.0/0' }, (one) => prefixOf(one) === 0),
    ],
    story: [scene('you>resolver', 'resolver>server', 'server>resolver'), scene('you>resolver', 'resolver>server')],
  },
];
