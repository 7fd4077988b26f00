/** Escape, pressed anywhere inside, leaves. */
export function onEscape(leave: () => void): (node: HTMLElement) => () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') leave();
  };
  return (node) => {
    node.addEventListener('keydown', pressed);
    return () => node.removeEventListener('keydown', pressed);
  };
}
