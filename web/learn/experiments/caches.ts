import type { PracticeId } from '../../../server/http/asking-protocol.ts';
import type { Experiment } from '../experiment.ts';
import { answered, byPractice, contents, has, holds, type Exchange, type World } from '../world.ts';
import { PRACTICE_IDS } from '../../practice/names.ts';
import { ask, change, flush, run, scene, visit, write } from './build.ts';

/** The record was pointed at the other site. */
const isTeal =
  (name: string) =>
  (world: World): boolean =>
    holds(world, name, 'A', world.given.teal);

const is =
  (address: string) =>
  ({ content }: { content: string }): boolean =>
    content === address;

/** That one says that address, or was told it. */
const tells =
  (id: PracticeId, address: string) =>
  (one: Exchange): boolean =>
    byPractice(id)(one) && contents(one.response.answer, 'A').includes(address);

const ofPractice = ({ exchanges }: World): Exchange[] =>
  exchanges.filter(({ whom, name }) => name === 'three' && PRACTICE_IDS.some((id) => id === whom));

/** All that the three resolvers said. */
const addressesOf = (world: World): Set<string> =>
  new Set(ofPractice(world).flatMap(({ response }) => contents(response.answer, 'A')));

const askedAllThree = (world: World): boolean => new Set(ofPractice(world).map(({ whom }) => whom)).size === 3;

/** What resolvers remember, and for how long. */
export const caches: readonly Experiment[] = [
  {
    id: 'ttl',
    own: 'old',
    steps: [
      write(
        'create',
        { name: 'old', type: 'A', ttl: 300, values: { address: '{!orange}' } },
        has('old', 'A', ({ ttl }) => ttl >= 120),
      ),
      visit('first', { name: 'old', through: 'amber' }, ({ site }) => site?.id === 'orange'),
      change('move', { name: 'old', type: 'A', values: { address: '{!teal}' } }, isTeal('old')),
      visit('still', { name: 'old', through: 'amber' }, ({ site }) => site?.id === 'orange'),
      ask('truth', { name: 'old', type: 'A', whom: 'https' }, ({ response }, world) =>
        contents(response.answer, 'A').includes(world.given.teal),
      ),
      run('hurry', 60),
      visit('new', { name: 'old', through: 'amber' }, ({ site }) => site?.id === 'teal'),
      run('calm', 1),
    ],
    story: [scene('browser>resolver', 'resolver>browser'), scene('browser>resolver', 'resolver>server', 'server>resolver')],
  },
  {
    id: 'too-early',
    own: 'early',
    steps: [
      visit('before', { name: 'early', through: 'basil' }, ({ outcome }) => outcome === 'nxdomain'),
      write('create', { name: 'early', type: 'A', values: { address: '{!teal}' } }),
      visit('still', { name: 'early', through: 'basil' }, ({ outcome }) => outcome === 'nxdomain'),
      ask('truth', { name: 'early', type: 'A', whom: 'https' }, answered),
      visit('amber', { name: 'early', through: 'amber' }, ({ outcome }) => outcome === 'site'),
      flush('flush', 'early', 'basil'),
      visit('after', { name: 'early', through: 'basil' }, ({ outcome }) => outcome === 'site'),
    ],
    story: [scene('you>resolver', 'resolver>server', 'server>resolver'), scene('you>resolver', 'resolver>you')],
  },
  {
    id: 'three-resolvers',
    own: 'three',
    steps: [
      write('one', { name: 'three', type: 'A', ttl: 3600, values: { address: '192.0.2.11' } }),
      ask('amber', { name: 'three', type: 'A', whom: 'amber' }, tells('amber', '192.0.2.11')),
      change('two', { name: 'three', type: 'A', values: { address: '192.0.2.22' } }, has('three', 'A', is('192.0.2.22'))),
      ask('basil', { name: 'three', type: 'A', whom: 'basil' }, tells('basil', '192.0.2.22')),
      change('three', { name: 'three', type: 'A', values: { address: '192.0.2.33' } }, has('three', 'A', is('192.0.2.33'))),
      {
        key: 'all',
        tool: { kind: 'ask', question: { name: 'three', type: 'A', whom: 'all' } },
        done: (world) => addressesOf(world).size === 3,
      },
      flush('flush', 'three', 'amber', 'basil', 'coral'),
      {
        key: 'agree',
        tool: { kind: 'ask', question: { name: 'three', type: 'A', whom: 'all' } },
        done: (world) => addressesOf(world).size === 1 && askedAllThree(world),
      },
    ],
    story: [scene('you>resolver', 'resolver>you'), scene('server>resolver')],
  },
];
