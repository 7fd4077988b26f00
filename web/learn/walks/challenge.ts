import { plain, textOfTxt, type Look, type Notes } from './walk.ts';

/** A certification authority that looks whether `domain` is the applicant's: RFC 8555 §8.4. */
export async function goAsChallenger(look: Look, domain: string, notes: Notes, expected: string): Promise<string> {
  const name = `_acme-challenge.${domain}`;
  const { answer } = await look(name, 'TXT');
  const texts = (await notes.look(look, name, 'TXT')).map(({ content }) => textOfTxt(content));
  const alias = answer.find(({ type }) => type === 'CNAME');
  if (alias) notes.say('challengeAlias', plain(alias.content));
  if (texts.length === 0) {
    notes.bad('challengeMissing');
    return 'missing';
  }
  if (!texts.includes(expected.trim())) {
    notes.bad('challengeWrong', String(texts.length));
    return 'wrong';
  }
  notes.good('challengeMet', plain(domain));
  return alias ? 'metByAlias' : 'met';
}
