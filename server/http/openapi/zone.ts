import type { OperationGroup } from './operation.ts';

const id = { id: '3' };
const edit = { id: '1' };
const rrset = { name: 'www', type: 'A' };
const record = { name: 'ftp', type: 'A', ttl: 60, content: '192.0.2.7' };
const text = { mode: 'add', text: 'mail 300 A 192.0.2.25\n@ 300 MX 10 mail\n' };

export const session: OperationGroup = {
  name: 'Session',
  about: 'A subdomain, and who has it in a browser. Programs use a token of it instead.',
  operations: [
    {
      method: 'post',
      path: '/api/session',
      summary: 'Dig a subdomain, or come back to one with its key',
      access: 'anybody',
      body: 'object',
      status: 201,
      reply: 'NewSessionJson',
      example: { body: {} },
    },
    {
      method: 'get',
      path: '/api/session',
      summary: 'Which subdomain this browser has',
      access: 'session',
      status: 200,
      reply: 'SessionJson',
      example: {},
    },
    {
      method: 'delete',
      path: '/api/session',
      summary: 'End the session; the subdomain stays',
      access: 'session',
      status: 204,
      reply: null,
      example: {},
    },
  ],
};

export const records: OperationGroup = {
  name: 'Records',
  about: 'Records one by one, each with an id. A token sees and changes those that it is for.',
  operations: [
    {
      method: 'get',
      path: '/api/records',
      summary: 'All records',
      access: 'read',
      status: 200,
      reply: 'RecordsJson',
      example: {},
    },
    {
      method: 'post',
      path: '/api/records',
      summary: 'Add a record',
      access: 'write',
      body: 'RecordInput',
      status: 201,
      reply: 'RecordJson',
      example: { body: record },
    },
    {
      method: 'put',
      path: '/api/records/:id',
      summary: 'Put a record in the place of another',
      access: 'write',
      body: 'RecordInput',
      status: 200,
      reply: 'RecordJson',
      example: { params: id, body: record },
    },
    {
      method: 'delete',
      path: '/api/records/:id',
      summary: 'Delete a record',
      access: 'write',
      status: 204,
      reply: null,
      example: { params: id },
    },
    {
      method: 'delete',
      path: '/api/records',
      summary: 'Delete all records but a fresh SOA and NS',
      access: 'write',
      status: 204,
      reply: null,
      example: {},
    },
  ],
};

export const rrsets: OperationGroup = {
  name: 'RRsets',
  about: 'All records of a name and type at once; many of them in one edit that is done whole or not at all.',
  operations: [
    {
      method: 'get',
      path: '/api/rrsets',
      summary: 'RRsets, page by page',
      access: 'read',
      query: {
        name: 'Of this name only',
        type: 'Of this type only',
        limit: 'To a page, 1 to 500; 100 unless said',
        cursor: 'What next of the page before said',
      },
      status: 200,
      reply: 'RrsetsJson',
      example: { query: { type: 'A', limit: '10' } },
    },
    {
      method: 'put',
      path: '/api/rrsets',
      summary: 'Make RRsets what they are to be: all of them, or none',
      access: 'write',
      body: 'RrsetsInput',
      status: 200,
      reply: 'RrsetsJson',
      example: {
        body: {
          rrsets: [
            { ...rrset, records: [] },
            { name: 'www', type: 'CNAME', ttl: 300, records: ['example.org.'] },
          ],
        },
      },
    },
    {
      method: 'get',
      path: '/api/rrsets/:name/:type',
      summary: 'One RRset',
      access: 'read',
      status: 200,
      reply: 'RrsetJson',
      example: { params: rrset },
    },
    {
      method: 'put',
      path: '/api/rrsets/:name/:type',
      summary: 'Make an RRset what it is to be',
      access: 'write',
      body: 'object',
      status: 200,
      reply: 'RrsetJson',
      example: { params: rrset, body: { ttl: 60, records: ['192.0.2.1', '192.0.2.2'] } },
    },
    {
      method: 'delete',
      path: '/api/rrsets/:name/:type',
      summary: 'Take an RRset away',
      access: 'write',
      status: 204,
      reply: null,
      example: { params: rrset },
    },
  ],
};

export const zone: OperationGroup = {
  name: 'Zone',
  about: 'The zone as a text, and the history of its edits.',
  operations: [
    {
      method: 'get',
      path: '/api/zone/file',
      summary: 'The zone in master-file form',
      access: 'read',
      status: 200,
      reply: 'text/dns',
      example: {},
    },
    {
      method: 'post',
      path: '/api/zone/preview',
      summary: 'What a text would do to the zone',
      access: 'read',
      body: 'ZoneEditInput',
      status: 200,
      reply: 'ZoneEditJson',
      example: { body: text },
    },
    {
      method: 'post',
      path: '/api/zone',
      summary: 'Change the zone by a text',
      access: 'write',
      body: 'ZoneEditInput',
      status: 200,
      reply: 'ZoneEditJson',
      example: { body: text },
    },
    {
      method: 'get',
      path: '/api/history',
      summary: 'The newest edits',
      access: 'read',
      status: 200,
      reply: 'HistoryJson',
      example: {},
    },
    {
      method: 'get',
      path: '/api/history/:id',
      summary: 'What an edit took away and brought',
      access: 'read',
      status: 200,
      reply: 'EditDetailJson',
      example: { params: edit },
    },
    {
      method: 'post',
      path: '/api/history/:id/restore',
      summary: 'Make the zone what it was before an edit',
      access: 'write',
      body: 'object',
      status: 200,
      reply: 'ZoneEditJson',
      example: { params: edit, body: {} },
    },
  ],
};

export const keys: OperationGroup = {
  name: 'Keys',
  about: 'Keys and tokens of the subdomain, each with its limits. Only a browser makes any.',
  operations: [
    { method: 'get', path: '/api/keys', summary: 'All keys', access: 'session', status: 200, reply: 'KeysJson', example: {} },
    {
      method: 'post',
      path: '/api/keys',
      summary: 'Make a key; its secret is shown this once',
      access: 'session',
      body: 'KeyInput',
      status: 201,
      reply: 'NewKeyJson',
      example: { body: { kind: 'tsig', label: 'certbot', names: ['_acme-challenge.*'], types: ['TXT'], rights: ['update'] } },
    },
    {
      method: 'delete',
      path: '/api/keys/:id',
      summary: 'Revoke a key',
      access: 'session',
      status: 204,
      reply: null,
      example: { params: { id: '1' } },
    },
  ],
};
