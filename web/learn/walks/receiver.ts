import { checkSpf } from './spf.ts';
import { plain, textOfTxt, type Look, type Notes } from './walk.ts';

/** The name under which the letters of this experiment are signed. */
export const SELECTOR = 'sand';

/**
 * A mail server to which the machine at `address` brings a letter that says it is from `domain`: SPF (RFC 7208), the key of DKIM
 * (RFC 6376) and DMARC (RFC 7489). The letter is not signed, so DKIM can vouch for nothing; its key is only looked at.
 */
export async function goAsReceiver(look: Look, domain: string, notes: Notes, address: string): Promise<string> {
  const spf = await checkSpf(look, address, domain, notes);
  const passed = spf === 'pass';
  notes[passed ? 'good' : 'bad']('spfResult', spf);
  await readKey(look, `${SELECTOR}._domainkey.${domain}`, notes);
  const policy = await readPolicy(look, `_dmarc.${domain}`, notes);
  if (passed) {
    notes.good('letterIn');
    return 'accepted';
  }
  if (policy === 'reject') notes.bad('letterRejected');
  else if (policy === 'quarantine') notes.bad('letterJunk');
  else notes.bad('letterUnsure');
  return { reject: 'rejected', quarantine: 'junk' }[policy] ?? 'unsure';
}

/** RFC 6376 §3.6.1. Without `p` there is no key; an empty one was taken back. */
async function readKey(look: Look, name: string, notes: Notes): Promise<void> {
  const tags = await readTags(look, name, notes);
  const key = tags?.get('p');
  if (key === undefined) notes.say('dkimNone', plain(name));
  else if (key === '') notes.bad('dkimRevoked');
  else notes.good('dkimKey', (tags?.get('k') ?? 'rsa').toUpperCase(), String(octetsOf(key)));
}

/** RFC 7489 §6.3: `none` when nothing is asked of the receiver. */
async function readPolicy(look: Look, name: string, notes: Notes): Promise<string> {
  const tags = await readTags(look, name, notes);
  const policy = tags?.get('v') === 'DMARC1' ? tags.get('p') : undefined;
  if (policy === undefined) notes.say('dmarcNone');
  else notes.say('dmarcPolicy', policy);
  return policy ?? 'none';
}

async function readTags(look: Look, name: string, notes: Notes): Promise<Map<string, string> | null> {
  const [record] = await notes.look(look, name, 'TXT');
  return record === undefined ? null : tagsOf(textOfTxt(record.content));
}

/** `tag=value; tag=value` (RFC 6376 §3.2). */
export function tagsOf(text: string): Map<string, string> {
  const pairs = text.split(';').map((pair) => pair.split('='));
  return new Map(
    pairs
      .filter((pair) => pair.length > 1)
      .map(([tag, ...value]) => [tag!.trim(), value.join('=').replaceAll(/\s/g, '')] as const),
  );
}

/** How many octets base64 stands for. */
function octetsOf(base64: string): number {
  return Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
}
