/**
 * Scrolls an element into view, clear of what sticks to the window's edges (`scroll-padding`): smoothly, unless motion is
 * to be reduced.
 */
export function reveal(element: Element | null | undefined, block: ScrollLogicalPosition = 'nearest'): void {
  const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element?.scrollIntoView({ block, behavior: reduced ? 'auto' : 'smooth' });
}
