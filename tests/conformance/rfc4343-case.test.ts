import { describe, expect, it } from 'vitest';
import { Name } from '../../server/wire/name.ts';
import { ask, lines, makeZone, zoneSet } from '../support/dns.ts';

const same = (a: string, b: string) => (Name.fromText(a) as Name).equals(Name.fromText(b) as Name);

describe('RFC 4343, case', () => {
  it('§2.1: the names of the document, by escape and by letter', () => {
    expect(same('a\\097\\065.example.', 'AAa.EXAMPLE.')).toBe(true);
    expect(same('Donald\\032E\\.\\032Eastlake\\0323rd.example.', 'donald\\ e\\.\\ eastlake\\ 3rd.example.')).toBe(true);
    expect(same('a\\000\\\\\\255z.example.', 'A\\000\\092\\255Z.example.')).toBe(true);
  });

  it('§3: only A to Z have two cases, not their neighbours nor letters beyond ASCII', () => {
    for (const [a, b] of [
      [0x40, 0x60],
      [0x5b, 0x7b],
      [0xc4, 0xe4],
    ] as const) {
      expect(same(`\\${String(a).padStart(3, '0')}.`, `\\${String(b).padStart(3, '0')}.`)).toBe(false);
    }
    expect(same('A.', 'a.')).toBe(true);
    expect(same('Z.', 'z.')).toBe(true);
  });

  it('§4.1: finds names whatever their case, and gives the question back as it came', () => {
    const zones = zoneSet(makeZone('example.', 'www 60 A 192.0.2.1'));
    const answer = ask(zones, 'wWw.EXAMple.', 'A');
    expect(answer.question[0]!.name).toBe('wWw.EXAMple.');
    expect(lines(answer.answer)).toEqual(['wWw.EXAMple. 60 A 192.0.2.1']);
  });

  it('§4.1: names inside records keep the case they were given', () => {
    const zones = zoneSet(makeZone('example.', 'www 60 CNAME Mixed.CASE.test.\nsrv 60 SRV 0 0 1 Mixed.CASE.test.'));
    expect(ask(zones, 'www.example.', 'CNAME').answer[0]!.content).toBe('Mixed.CASE.test.');
    expect(ask(zones, 'srv.example.', 'SRV').answer[0]!.content).toBe('0 0 1 Mixed.CASE.test.');
  });

  it('wildcards, cuts and DNAMEs are found whatever the case', () => {
    const zones = zoneSet(makeZone('example.', '*.W 60 A 192.0.2.1\nCut 60 NS ns.cut\nD 60 DNAME w'));
    expect(ask(zones, 'X.w.EXAMPLE.', 'A').answer).toHaveLength(1);
    expect(ask(zones, 'x.cUT.example.', 'A').authority[0]!.type).toBe('NS');
    expect(ask(zones, 'x.d.example.', 'A').answer.map(({ type }) => type)).toEqual(['DNAME', 'CNAME', 'A']);
  });
});
