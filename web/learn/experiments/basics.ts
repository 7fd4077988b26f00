import type { Experiment } from '../experiment.ts';
import { all, answered, byPractice, contents, has, holds, resolverOf, type Exchange, type World } from '../world.ts';
import { ask, change, scene, tell, visit, write, writeLines } from './build.ts';

/** Who in the log is a practice resolver of that name. */
const by =
  (name: string) =>
  ({ asker }: Exchange): boolean =>
    asker === name;

/** The record was pointed at the other site. */
const isTeal =
  (name: string) =>
  (world: World): boolean =>
    holds(world, name, 'A', world.given.teal);

/** Addresses that were told first, in the answers since the step began. */
const firsts = ({ exchanges }: World): Set<string | undefined> =>
  new Set(exchanges.filter(({ whom }) => whom === 'coral').map(({ response }) => contents(response.answer, 'A')[0]));

/** What everything else is built on. */
export const basics: readonly Experiment[] = [
  {
    id: 'first-record',
    own: 'hello',
    steps: [
      write('create', { name: 'hello', type: 'A', values: { address: '{!orange}' } }),
      ask('ask', { name: 'hello', type: 'A', whom: 'amber' }, (one) => byPractice('amber')(one) && answered(one)),
      visit('visit', { name: 'hello', through: 'amber' }, ({ site }) => site?.id === 'orange'),
    ],
    story: [
      scene('you>browser', 'browser>resolver', 'resolver>server', 'server>resolver', 'resolver>browser'),
      scene('browser>site', 'site>browser'),
    ],
  },
  {
    id: 'alias',
    own: 'nick',
    steps: [
      write('house', { name: 'house.nick', type: 'A', values: { address: '{!orange}' } }),
      write('alias', { name: 'also.nick', type: 'CNAME', values: { target: '{house.nick}.' } }),
      ask('ask', { name: 'also.nick', type: 'A', whom: 'https' }, ({ response: { answer } }) => {
        return contents(answer, 'CNAME').length > 0 && contents(answer, 'A').length > 0;
      }),
      change('move', { name: 'house.nick', type: 'A', values: { address: '{!teal}' } }, isTeal('house.nick')),
      visit('visit', { name: 'also.nick', through: 'amber' }, ({ site }) => site?.id === 'teal'),
    ],
    story: [scene('resolver>server', 'server>resolver')],
  },
  {
    id: 'who-asked',
    own: 'seen',
    steps: [
      write('create', { name: 'seen', type: 'A', values: { address: '192.0.2.5' } }),
      ask('amber', { name: 'seen', type: 'A', whom: 'amber' }, by('Amber')),
      tell('address', (told, world) => told !== '' && told === resolverOf(world, 'amber')?.address),
      ask('again', { name: 'seen', type: 'A', whom: 'amber' }, ({ whom, cached }) => whom === 'amber' && cached === 'all'),
      ask('basil', { name: 'seen', type: 'A', whom: 'basil' }, by('Basil')),
    ],
    story: [scene('you>resolver', 'resolver>server'), scene('you>resolver', 'resolver>you')],
  },
  {
    id: 'two-answers',
    own: 'twins',
    steps: [
      writeLines(
        'create',
        ['twins 60 A {!orange}', 'twins 60 A {!teal}'],
        has('twins', 'A', () => true, 2),
      ),
      ask('both', { name: 'twins', type: 'A', whom: 'coral' }, ({ response }) => contents(response.answer, 'A').length === 2),
      {
        key: 'turns',
        tool: { kind: 'ask', question: { name: 'twins', type: 'A', whom: 'coral' } },
        done: (world) => firsts(world).size > 1,
      },
      {
        key: 'sites',
        tool: { kind: 'visit', name: 'twins', through: 'coral' },
        done: ({ visits }) => new Set(visits.map(({ site }) => site?.id).filter(Boolean)).size > 1,
      },
    ],
    story: [scene('browser>resolver', 'resolver>browser', 'browser>site')],
  },
  {
    id: 'host-header',
    own: 'guest',
    steps: [
      writeLines(
        'create',
        ['red.guest 60 A {!orange}', 'blue.guest 60 A {!orange}'],
        all(has('red.guest', 'A'), has('blue.guest', 'A')),
      ),
      visit('red', { name: 'red.guest', through: 'amber' }, ({ site }) => site?.host.startsWith('red.guest.') ?? false),
      visit('blue', { name: 'blue.guest', through: 'amber' }, ({ site }) => site?.host.startsWith('blue.guest.') ?? false),
      write('void', { name: 'void.guest', type: 'A', values: { address: '192.0.2.99' } }),
      visit('nobody', { name: 'void.guest', through: 'amber' }, ({ outcome }) => outcome === 'nobody'),
    ],
    story: [scene('browser>site', 'site>browser'), scene('browser>site', 'site>browser')],
  },
];
