/** Long enough for the first picture and the first segmentation to have the network to themselves. */
const AFTER_LOAD_MS = 4000;

/**
 * Registers the service worker and, once the page has settled, has it keep what the page needs offline.
 * Without service workers (some private windows, plain http) the page works as usual, online.
 */
export function workOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  window.addEventListener('load', () => {
    navigator.serviceWorker
      .register('./service-worker.js', { type: 'module' })
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => {
        setTimeout(() => registration.active?.postMessage('keep-for-offline'), AFTER_LOAD_MS);
      })
      .catch(() => {
        // Refused: see above.
      });
  });
}
