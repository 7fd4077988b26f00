import { describe, expect, it } from 'vitest';
import type { KeyJson } from '../../server/http/key-protocol.ts';
import { recipesFor, type Place } from './recipes.ts';

const key: KeyJson = {
  id: 1,
  kind: 'tsig',
  label: 'laptop',
  name: 'laptop.otter1.digpit.test',
  algorithm: 'hmac-sha512',
  rights: ['update', 'transfer'],
  names: [],
  types: [],
  networks: [],
  createdAt: 0,
  expiresAt: null,
  idle: null,
  used: null,
  refused: null,
};
const place: Place = {
  zone: 'otter1.digpit.test.',
  dns: { host: '192.0.2.53', port: 5354 },
  page: 'https://digpit.test/below',
};
const textOf = (parts: readonly { text: string }[]) => parts.map(({ text }) => text).join('\n');

describe('lines for a TSIG key', () => {
  it.each(recipesFor(key, 'c2VjcmV0', place).map((recipe) => [recipe.tool, recipe] as const))(
    '%s: say where, with what key, and its secret once or for each use',
    (_, { parts }) => {
      const text = textOf(parts);
      for (const part of ['192.0.2.53', '5354', 'laptop.otter1.digpit.test', 'c2VjcmV0']) expect(text).toContain(part);
      expect(text).toMatch(/hmac-?sha512/i);
      expect(text).not.toMatch(/undefined|\.\.$/m);
    },
  );

  it('put IPv6 addresses in brackets where a port follows', () => {
    const texts = recipesFor(key, null, { ...place, dns: { host: '2001:db8::53', port: 53 } }).map(({ parts }) =>
      textOf(parts),
    );
    expect(texts.filter((text) => text.includes('[2001:db8::53]:53')).length).toBe(3);
    expect(texts.every((text) => text.includes('SECRET'))).toBe(true);
  });
});

describe('lines for a token', () => {
  it.each(recipesFor({ ...key, kind: 'token' }, 'digpit_x', place).map((recipe) => [recipe.tool, recipe] as const))(
    '%s: lead to the page, wherever it stands',
    (tool, { parts }) => {
      const text = textOf(parts);
      expect(text).toContain('digpit_x');
      if (tool === 'octoDNS') expect(text).toContain('scheme: https\n    host: digpit.test\n    port: 443');
      else expect(text).toContain('https://digpit.test/below');
      expect(text).not.toContain('undefined');
    },
  );
});
