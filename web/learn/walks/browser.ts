import { plain, type Look, type Notes } from './walk.ts';

interface Binding {
  readonly priority: number;
  readonly target: string;
  readonly params: ReadonlyMap<string, string>;
}

/** RFC 9460 §3.1: an alias that leads on for ever is given up. */
const MAX_ALIASES = 8;

/** A browser on its way to https://`name`: RFC 9460 §3 and §9. */
export async function goAsBrowser(look: Look, name: string, notes: Notes): Promise<string> {
  let owner = name;
  for (let aliases = 0; aliases < MAX_ALIASES; aliases++) {
    const bindings = (await notes.look(look, owner, 'HTTPS')).map(({ content }) => read(content, owner));
    const alias = bindings.find(({ priority }) => priority === 0);
    if (alias === undefined) return connect(look, owner, notes, { bindings, isAliased: owner !== name });
    notes.say('httpsAlias', plain(alias.target));
    owner = alias.target;
  }
  notes.bad('httpsNowhere');
  return 'nowhere';
}

async function connect(
  look: Look,
  owner: string,
  notes: Notes,
  { bindings, isAliased }: { bindings: readonly Binding[]; isAliased: boolean },
): Promise<string> {
  const best = bindings.toSorted((a, b) => a.priority - b.priority)[0];
  const host = best?.target ?? owner;
  const [address] = await notes.look(look, host, 'A');
  const place = address?.content ?? best?.params.get('ipv4hint')?.split(',')[0];
  if (place === undefined) {
    notes.bad('httpsNowhere');
    return 'nowhere';
  }
  if (best === undefined) {
    notes[isAliased ? 'good' : 'say']('httpsPlain', place);
    return isAliased ? 'aliased' : 'plain';
  }
  const protocols = best.params.get('alpn')?.split(',') ?? [];
  notes.good('httpsConnects', place, best.params.get('port') ?? '443', ['http/1.1', ...protocols].at(-1)!);
  return protocols.includes('h3') ? 'h3' : 'bound';
}

/** `1 . alpn="h2,h3" port="8443"`, RFC 9460 §2.1. The target `.` is the owner itself. */
function read(content: string, owner: string): Binding {
  const [priority = '0', target = '.', ...params] = content.match(/(?:"[^"]*"|\S)+/g) ?? [];
  const pairs = params.map((param) => {
    const [key = '', value = ''] = param.split(/=(.*)/s);
    return [key, value.replaceAll('"', '')] as const;
  });
  return { priority: Number(priority), target: target === '.' ? owner : target, params: new Map(pairs) };
}
