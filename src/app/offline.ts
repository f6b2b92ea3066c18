import type { Shell } from './shell';

/** Long enough for the first picture and the first segmentation to load without competition. */
const AFTER_LOAD_MS = 4000;

/**
 * Registers the service worker and, once a lab has settled, has it keep what that lab needs offline. Without service
 * workers (some private windows, plain http) the page works as usual, online.
 */
export function workOffline(shell: Shell): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  afterLoad(() => {
    navigator.serviceWorker
      .register('./service-worker.js')
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => {
        const keep = ({ lab, instance }: ReturnType<Shell['store']['getState']>) => {
          if (!instance) return; // it is not here yet
          setTimeout(() => registration.active?.postMessage({ keep: lab.id }), AFTER_LOAD_MS);
        };
        keep(shell.store.getState());
        shell.store.subscribe((state, before) => {
          if (state.instance !== before.instance) keep(state);
        });
      })
      .catch(() => {
        // Refused: see above.
      });
  });
}

function afterLoad(work: () => void): void {
  if (document.readyState === 'complete') work();
  else window.addEventListener('load', work);
}
