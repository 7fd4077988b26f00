import { plain, type Look, type Notes } from './walk.ts';

interface Property {
  readonly critical: boolean;
  readonly tag: string;
  readonly value: string;
}

const KNOWN = new Set(['issue', 'issuewild', 'iodef', 'contactemail', 'contactphone', 'issuemail', 'issuevmc']);

/** A certification authority that calls itself `authority`, asked for a certificate for `name`: RFC 8659 §3 and §4. */
export async function goAsAuthority(look: Look, name: string, notes: Notes, authority: string): Promise<string> {
  const isWild = name.startsWith('*.');
  const properties = await climb(look, isWild ? name.slice(2) : name, notes);
  if (properties.length === 0) {
    notes.good('caaNone');
    return 'unrestricted';
  }
  const unknown = properties.find(({ critical, tag }) => critical && !KNOWN.has(tag));
  if (unknown) {
    notes.bad('caaCritical', unknown.tag);
    return 'refused';
  }
  const wild = properties.filter(({ tag }) => isWild && tag === 'issuewild');
  const relevant = wild.length > 0 ? wild : properties.filter(({ tag }) => tag === 'issue');
  if (relevant.length === 0) {
    notes.good('caaNone');
    return 'unrestricted';
  }
  const isNamed = relevant.some(({ value }) => value.split(';')[0]!.trim().toLowerCase() === authority.trim().toLowerCase());
  if (isNamed) notes.good('caaAllowed', authority);
  else notes.bad('caaRefused', authority);
  return isNamed ? 'allowed' : 'refused';
}

/** The CAA records of the name, or of the nearest above it that has any. Above the zones of this server there is nobody to ask. */
async function climb(look: Look, name: string, notes: Notes): Promise<Property[]> {
  for (let at = name; at !== ''; at = at.slice(at.indexOf('.') + 1)) {
    const found = await notes.look(look, at, 'CAA');
    if (found.length > 0) {
      notes.say('caaFound', plain(at));
      return found.map(({ content }) => read(content));
    }
    if (notes.lines.at(-1)?.with[2] === 'REFUSED') return [];
  }
  return [];
}

function read(content: string): Property {
  const [, flags = '0', tag = '', value = ''] = /^(\d+) (\S+) "?(.*?)"?$/.exec(content) ?? [];
  return { critical: (Number(flags) & 128) !== 0, tag: tag.toLowerCase(), value };
}
