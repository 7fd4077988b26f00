import type { Operation, OperationGroup } from './operation.ts';

const BASE = '/api/v1/servers/localhost';
const ZONE = `${BASE}/zones/:zone`;
const zone = { zone: 'otter1.digpit.test.' };

/** A reading call that has an answer of PowerDNS. */
function read(path: string, summary: string, more: Partial<Operation> = {}): Operation {
  const params = path.startsWith(ZONE) ? { params: zone } : {};
  return { method: 'get', path, summary, access: 'read', status: 200, reply: 'application/json', example: params, ...more };
}

export const powerDns: OperationGroup = {
  name: 'PowerDNS',
  about:
    'What clients of PowerDNS use of its interface, with a token as X-API-Key. There is one zone, that of the token. Errors are { "error": "…" }.',
  operations: [
    read('/api', 'Versions of this interface', { access: 'anybody' }),
    read('/api/v1/servers', 'The server'),
    read(BASE, 'The server, with the version of PowerDNS that it stands for'),
    read(`${BASE}/config`, 'Nothing'),
    read(`${BASE}/statistics`, 'Nothing'),
    read(`${BASE}/tsigkeys`, 'Nothing'),
    read(`${BASE}/search-data`, 'Names and data, * standing for anything', {
      query: { q: 'What to look for', max: 'How many at most' },
      example: { query: { q: '*192.0.2*' } },
    }),
    read(`${BASE}/zones`, 'The zone, without its records', { query: { zone: 'Only if it has this name' } }),
    read(ZONE, 'The zone', {
      query: { rrsets: 'false: without them', rrset_name: 'Of this name only', rrset_type: 'Of this type only' },
    }),
    {
      method: 'patch',
      path: ZONE,
      summary: 'Change RRsets: REPLACE, DELETE, EXTEND or PRUNE, all of them or none',
      access: 'write',
      body: 'object',
      status: 204,
      reply: null,
      example: {
        params: zone,
        body: {
          rrsets: [
            {
              name: 'ftp.otter1.digpit.test.',
              type: 'A',
              ttl: 60,
              changetype: 'REPLACE',
              records: [{ content: '192.0.2.7', disabled: false }],
            },
          ],
        },
      },
    },
    {
      method: 'put',
      path: ZONE,
      summary: 'Accepted, and changes nothing',
      access: 'write',
      body: 'object',
      status: 204,
      reply: null,
      example: { params: zone, body: { kind: 'Native' } },
    },
    {
      method: 'delete',
      path: ZONE,
      summary: 'Refused: a subdomain goes by itself',
      access: 'write',
      status: 422,
      reply: 'application/json',
      example: { params: zone },
    },
    {
      method: 'post',
      path: `${BASE}/zones`,
      summary: 'Refused: the zone of the token is there, and there is no other',
      access: 'write',
      body: 'object',
      status: 409,
      reply: 'application/json',
      example: { body: { name: zone.zone, kind: 'Native' } },
    },
    read(`${ZONE}/notify`, 'Accepted: secondaries are told of every change anyway', { method: 'put', access: 'write' }),
    read(`${ZONE}/export`, 'The zone in master-file form', { reply: 'text/plain' }),
    read(`${ZONE}/cryptokeys`, 'Nothing: zones are not signed'),
    read(`${ZONE}/metadata`, 'Nothing'),
  ],
};

export const acmeDns: OperationGroup = {
  name: 'acme-dns',
  about: 'The interface of acme-dns. Its clients know an address and nothing else, so the token is part of that.',
  operations: [
    {
      method: 'post',
      path: '/acme-dns/:token/register',
      summary: 'Make an account for the challenges of one name',
      access: 'anybody',
      body: 'object',
      status: 201,
      reply: 'application/json',
      example: { params: { token: 'TOKEN' }, body: {} },
    },
    {
      method: 'post',
      path: '/acme-dns/:token/update',
      summary: 'Answer a challenge; the last two are kept',
      access: 'acme-dns',
      body: 'object',
      status: 200,
      reply: 'application/json',
      example: {
        params: { token: 'TOKEN' },
        headers: { 'x-api-user': 'USER', 'x-api-key': 'PASSWORD' },
        body: { subdomain: 'USER', txt: '___validation_token_received_from_the_ca___' },
      },
    },
  ],
};

const label = { label: 'otter1' };
const text = { mode: 'add', text: 'mail 300 A 192.0.2.25\n' };

export const operator: OperationGroup = {
  name: 'Operator',
  about: 'For who runs this server, with the token of DIGPIT_OPERATOR_TOKEN; without one there is nothing here.',
  operations: [
    {
      method: 'get',
      path: '/api/operator/accounts',
      summary: 'Subdomains, the newest first',
      access: 'operator',
      query: {
        search: 'A part of a label, a name or what records point at',
        before: 'The id to go on below',
        limit: '1 to 100',
      },
      status: 200,
      reply: 'AccountsJson',
      example: { query: { search: 'otter' } },
    },
    {
      method: 'get',
      path: '/api/operator/accounts/:label',
      summary: 'One, with its records',
      access: 'operator',
      status: 200,
      reply: 'AccountRecordsJson',
      example: { params: label },
    },
    {
      method: 'post',
      path: '/api/operator/accounts/:label/suspend',
      summary: 'Answer nothing for it any more',
      access: 'operator',
      status: 200,
      reply: 'AccountJson',
      example: { params: label },
    },
    {
      method: 'post',
      path: '/api/operator/accounts/:label/resume',
      summary: 'Answer for it again',
      access: 'operator',
      status: 200,
      reply: 'AccountJson',
      example: { params: label },
    },
    {
      method: 'get',
      path: '/api/operator/accounts/:label/zone/file',
      summary: 'Its zone in master-file form',
      access: 'operator',
      status: 200,
      reply: 'text/dns',
      example: { params: label },
    },
    {
      method: 'post',
      path: '/api/operator/accounts/:label/zone/preview',
      summary: 'What a text would do to its zone',
      access: 'operator',
      body: 'ZoneEditInput',
      status: 200,
      reply: 'ZoneEditJson',
      example: { params: label, body: text },
    },
    {
      method: 'post',
      path: '/api/operator/accounts/:label/zone',
      summary: 'Change its zone by a text; its owner sees that in the history',
      access: 'operator',
      body: 'ZoneEditInput',
      status: 200,
      reply: 'ZoneEditJson',
      example: { params: label, body: text },
    },
    {
      method: 'delete',
      path: '/api/operator/accounts/:label',
      summary: 'Delete it, for ever',
      access: 'operator',
      status: 204,
      reply: null,
      example: { params: label },
    },
  ],
};
