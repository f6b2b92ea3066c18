/** Whether the page is in a tab behind others, where frames made ahead would cost battery for nobody. */
export function isHidden(): boolean {
  return globalThis.document?.hidden === true;
}

/** Waits until the page's visibility changes, or for an abort. */
export function untilSeen(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', resolve, { once: true });
    signal.addEventListener('abort', resolve, { once: true });
  });
}

/** Waits for a time, or for an abort. */
export function past(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
