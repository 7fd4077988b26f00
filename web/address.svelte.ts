import { routeOf, type Route } from './route.ts';

/** Where the reader is; follows the address. */
export const route = $state<{ current: Route }>({ current: { section: '', place: '' } });

/** Follows the address from now on, back and forward as well. */
export function startRouting(): void {
  const follow = (): void => {
    route.current = routeOf(location.hash) ?? route.current;
  };
  follow();
  addEventListener('hashchange', follow);
}
