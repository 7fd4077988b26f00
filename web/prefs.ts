/** Choices of the reader, kept in this browser. Storage may be forbidden or full; then they last as long as the page. */

const PREFIX = 'digpit.';

export function readPref(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function writePref(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // See above.
  }
}
