import { plain, type Look, type Notes } from './walk.ts';

/** A mail server with a letter for somebody at `domain`: RFC 5321 §5.1, and the null MX of RFC 7505 §3. */
export async function goAsMailer(look: Look, domain: string, notes: Notes): Promise<string> {
  const exchanges = await findExchanges(look, domain, notes);
  if (exchanges === null) return 'refused';
  for (const [place, host] of exchanges.entries()) {
    const addresses = [...(await notes.look(look, host, 'A')), ...(await notes.look(look, host, 'AAAA'))];
    if (addresses.length > 0) {
      notes.good('delivers', plain(host), addresses[0]!.content);
      return host === domain ? 'implicit' : place === 0 ? 'first' : 'later';
    }
    notes.bad('hostWithoutAddress', plain(host));
  }
  notes.bad('undeliverable');
  return 'undeliverable';
}

/** The hosts to try, the most preferred first; null when there is to be no mail. */
async function findExchanges(look: Look, domain: string, notes: Notes): Promise<string[] | null> {
  const records = await notes.look(look, domain, 'MX');
  const choices = records.map(({ content }) => {
    const [preference, exchange] = content.split(' ') as [string, string];
    return { preference: Number(preference), exchange };
  });
  if (choices.length === 0) {
    notes.say('implicitMx', plain(domain));
    return [domain];
  }
  if (choices.length === 1 && choices[0]!.exchange === '.') {
    notes.bad('nullMx', plain(domain));
    return null;
  }
  choices.sort((a, b) => a.preference - b.preference);
  notes.say('mxOrder', choices.map(({ exchange }) => plain(exchange)).join(', '));
  return choices.map(({ exchange }) => exchange);
}
