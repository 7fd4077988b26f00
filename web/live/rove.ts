/** Keys that step through things one behind the other. */
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * Arrow keys go through the elements that `selector` finds, Home and End to the ends, and only one of them is a stop of Tab.
 * `onmove` hears of every one that is reached.
 */
export function rove(selector: string, onmove: (element: HTMLElement) => void): (node: HTMLElement) => () => void {
  return (node) => {
    const all = (): HTMLElement[] => [...node.querySelectorAll<HTMLElement>(selector)];
    const stopAt = (element: HTMLElement): void => {
      for (const other of node.querySelectorAll<HTMLElement>(`${selector}[tabindex="0"]`)) other.tabIndex = -1;
      element.tabIndex = 0;
    };
    const pressed = (event: KeyboardEvent): void => {
      const elements = all();
      const at = elements.indexOf(event.target as HTMLElement);
      const next = { Home: 0, End: elements.length - 1 }[event.key] ?? at + (STEPS[event.key] ?? 0);
      const element = elements[next];
      if (at < 0 || next === at || !element) return;
      event.preventDefault();
      element.focus();
    };
    const focused = (event: FocusEvent): void => {
      const element = (event.target as HTMLElement).closest<HTMLElement>(selector);
      if (!element) return;
      stopAt(element);
      onmove(element);
    };
    const [first] = all();
    if (first) stopAt(first);
    node.addEventListener('keydown', pressed);
    node.addEventListener('focusin', focused);
    return () => {
      node.removeEventListener('keydown', pressed);
      node.removeEventListener('focusin', focused);
    };
  };
}
