import { plain, type Look, type Notes } from './walk.ts';

/** A resolver that tells no name server more than it has to: from the zone down, one label more each time (RFC 9156 §3). */
export async function goAsMinimiser(look: Look, name: string, notes: Notes, zone: string): Promise<string> {
  const labels = name.slice(0, -zone.length - 1).split('.');
  for (let shown = 1; shown <= labels.length; shown++) {
    const at = `${labels.slice(-shown).join('.')}.${zone}`;
    const found = await notes.look(look, at, 'A');
    if (notes.lines.at(-1)?.with[2] === 'NXDOMAIN') {
      notes.bad('minimisedStop', plain(at));
      return 'stopped';
    }
    if (shown === labels.length && found.length > 0) {
      notes.good('minimisedFound', found[0]!.content, String(labels.length));
      return 'found';
    }
    if (shown < labels.length) notes.say('minimisedOn', plain(at));
  }
  notes.bad('minimisedNothing');
  return 'nothing';
}
