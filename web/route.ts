/** A part of the page that has an address of its own: `#/words/ttl` is the section `words`, at its place `ttl`. */
export interface Route {
  /** Empty for the playground itself. */
  readonly section: string;
  readonly place: string;
}

/**
 * What the part of an address behind the `#` says. Null for an anchor within what is shown, which leads nowhere else. The hash
 * and not the path: so the page stays one file wherever a proxy puts it, and leaves the filter of the log alone.
 */
export function routeOf(hash: string): Route | null {
  if (hash !== '' && !hash.startsWith('#/')) return null;
  const [section = '', ...place] = hash.slice(2).split('/');
  return { section, place: place.map(decode).join('/') };
}

/** An address that somebody mistyped is as good a name as any other. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
