import { expect, it } from 'vitest';
import { formatPlace, parsePlace } from './place.ts';

it.each(['tcp:192.0.2.7@6000', 'tcp:2001:db8::7@0', 'unix:/run/dnstap.sock', '/var/log/digpit.tap'])(
  '%s is a place',
  (text) => {
    expect(formatPlace(parsePlace(text)!)).toBe(text);
  },
);

it.each([
  '',
  'tcp:192.0.2.7',
  'tcp:name@6000',
  'tcp:192.0.2.7@65536',
  'tcp:192.0.2.7@1@2',
  'unix:dnstap.sock',
  `unix:/${'x'.repeat(107)}`,
  'x',
])('%s is none', (text) => {
  expect(parsePlace(text)).toBe(null);
});
