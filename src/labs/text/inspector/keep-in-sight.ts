/** Room between a token and what would hide it, in pixels. */
const ROOM = 24;

/** The pinned token where it is drawn. */
export function pinnedToken(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-token][aria-selected="true"]');
}

/** Scrolls the pinned token out from under a sheet, or into a row of columns that a panel has made narrow. */
export function keepInSight(panel: HTMLElement): () => void {
  const frame = requestAnimationFrame(() => {
    const token = pinnedToken();
    if (!token) return;
    token.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const box = token.getBoundingClientRect();
    const cover = panel.getBoundingClientRect();
    const isUnder = box.bottom > cover.top - ROOM && box.left < cover.right && box.right > cover.left;
    if (isUnder) window.scrollBy(0, box.bottom - cover.top + ROOM);
  });
  return () => cancelAnimationFrame(frame);
}
