/** A click anywhere on a row opens it; one listener serves all rows. Marking text, and anything to press, is left alone. */
export function rowClicks(toggle: (id: number) => void): (list: HTMLElement) => () => void {
  const clicked = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || event.target.closest('a, button, .detail')) return;
    if (getSelection()?.isCollapsed === false) return;
    const row = event.target.closest<HTMLElement>('[data-id]');
    if (row) toggle(Number(row.dataset.id));
  };
  return (list) => {
    list.addEventListener('click', clicked);
    return () => list.removeEventListener('click', clicked);
  };
}

/** Arrow keys go from row to row, so that a reader need not tab through what is in between. */
export function moveFocus(list: HTMLElement): () => void {
  list.addEventListener('keydown', goToNeighbour);
  return () => list.removeEventListener('keydown', goToNeighbour);
}

function goToNeighbour(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement) || event.target.getAttribute('aria-expanded') === null)
    return;
  const row = event.target.closest('[data-id]');
  const next = step > 0 ? row?.nextElementSibling : row?.previousElementSibling;
  const button = next?.querySelector<HTMLElement>('[aria-expanded]');
  if (!button) return;
  event.preventDefault();
  button.focus();
}
