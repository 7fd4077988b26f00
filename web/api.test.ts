import { beforeAll, expect, test, vi } from 'vitest';
import { ApiError, createApi } from './api.ts';
import { speak } from './strings/strings.ts';

beforeAll(() => speak('en'));

function setUp(status: number, body: string) {
  const fetch = vi.fn(async (_path: string, _init: RequestInit) => new Response(status === 204 ? null : body, { status }));
  const onSessionLost = vi.fn<() => void>();
  return { api: createApi(fetch, onSessionLost), fetch, onSessionLost };
}

const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable(),
    (error: ApiError) => error,
  );

test('paths are relative, and a body is JSON', async () => {
  const { api, fetch } = setUp(201, '{"id":1}');
  await api.addRecord({ name: 'www', type: 'A', ttl: '60', address: '192.0.2.1' });
  await api.queries({ limit: 100, before: 7 });
  expect(fetch.mock.calls.map(([path]) => path)).toEqual(['api/records', 'api/queries?limit=100&before=7']);
  expect(fetch.mock.calls[0]![1].body).toBe('{"name":"www","type":"A","ttl":"60","address":"192.0.2.1"}');
});

test('nothing comes back from a deletion', async () => {
  expect(await setUp(204, '').api.deleteRecord(3)).toBeUndefined();
});

test('faults are given field by field, also when there is only one', async () => {
  const one = setUp(422, '{"error":{"code":"bad_address","message":"Not an address.","field":"address"}}');
  expect((await failure(one.api.records())).faults).toEqual([
    { field: 'address', code: 'bad_address', message: 'Not an address.' },
  ]);
  const faults = [{ field: 'target', code: 'no_dot', message: 'Which?', choices: ['a.', 'a.b.'] }];
  const more = setUp(422, JSON.stringify({ error: { code: 'faults', message: 'Two things.', field: 'target', faults } }));
  expect((await failure(more.api.records())).faults).toEqual(faults);
});

test('a lost session is told, but a wrong key is not one', async () => {
  const { api, onSessionLost } = setUp(401, '{"error":{"code":"no_session","message":"No session."}}');
  await failure(api.session());
  await failure(api.openSession('wrong'));
  expect(onSessionLost).not.toHaveBeenCalled();
  await failure(api.records());
  expect(onSessionLost).toHaveBeenCalledOnce();
});

test('an answer that is not JSON, and no answer, are errors with words', async () => {
  expect(await failure(setUp(502, '<html>').api.records())).toMatchObject({ status: 502, code: 'unreadable' });
  expect(await failure(setUp(200, '<html>').api.records())).toMatchObject({ status: 200, code: 'unreadable' });
  const api = createApi(
    () => Promise.reject(new TypeError('network')),
    () => {},
  );
  expect(await failure(api.records())).toMatchObject({ status: 0, code: 'unreachable' });
});
