import { getContext, setContext } from 'svelte';

const KEY = Symbol('home');

/** Says from within which page what follows is shown: how its address leads back to the page of the playground. */
export function setHome(path: string): void {
  setContext(KEY, path);
}

/** What goes before `#/…`: nothing on the page of the playground itself. */
export function homePath(): string {
  return getContext<string | undefined>(KEY) ?? '';
}
