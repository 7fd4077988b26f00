/** The zone of a running server as scripts read and change it: over HTTP, so that what is changed answers at once. */
import { callServer, serverAddress } from './server-call.ts';
import { loadSettings, Stop } from './settings.ts';

/** Where a zone is, who says that it may be changed, and what it is. */
export interface RemoteZone {
  /** The zone in master-file form. */
  readonly text: string;
  post<T>(path: 'zone/preview' | 'zone', body: object): Promise<T>;
}

/**
 * Finds a zone by its name, or the first label of that: with a token of the zone from DIGPIT_ZONE_TOKEN, otherwise as the operator. `url` is where
 * the server is, if not where the settings say.
 */
export async function openZone(name: string, url: string | undefined): Promise<RemoteZone> {
  const settings = loadSettings();
  const zoneToken = process.env['DIGPIT_ZONE_TOKEN'] ?? '';
  const token = zoneToken === '' ? settings.operatorToken : zoneToken;
  if (token === null)
    throw new Stop(
      'Neither is set: DIGPIT_ZONE_TOKEN, a token of the zone (see #/keys in the page), nor DIGPIT_OPERATOR_TOKEN, here and for the server.',
    );
  const wanted = name.toLowerCase().replace(/\.$/, '');
  const account = encodeURIComponent(wanted.split('.')[0]!);
  const base = `${(url ?? serverAddress(settings)).replace(/\/+$/, '')}/api/${zoneToken === '' ? `operator/accounts/${account}/` : ''}`;
  const text = await callServer(`${base}zone/file`, token);
  const origin = /^\$ORIGIN (\S+)\.$/m.exec(text)![1]!;
  if (wanted !== origin && wanted !== origin.split('.')[0]) throw new Stop(`This is for ${origin}, not for ${wanted}.`);
  return {
    text,
    post: async <T>(path: string, body: object) => JSON.parse(await callServer(`${base}${path}`, token, 'POST', body)) as T,
  };
}
