import type { Shell } from './shell';

/** Long enough for the first picture and the first segmentation to load without competition. */
const AFTER_LOAD_MS = 4000;

/**
 * Registers the service worker and, once a lab has settled, has it keep what that lab needs offline. Without service
 * workers (some private windows, plain http) the page works as usual, online.
 */
export function workOffline(shell: Shell): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  onceThere(shell, () => {
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

/** Once the page has loaded and the first lab shows what it shows at first: a service worker that starts before takes from it. */
function onceThere(shell: Shell, work: () => void): void {
  const look = ({ instance, labFailure }: ReturnType<Shell['store']['getState']>): boolean => {
    if (instance?.onceThere) instance.onceThere(work);
    else if (instance || labFailure) afterLoad(work);
    return instance !== null || labFailure !== null;
  };
  if (look(shell.store.getState())) return;
  const stop = shell.store.subscribe((state) => look(state) && stop());
}

function afterLoad(work: () => void): void {
  if (document.readyState === 'complete') work();
  else window.addEventListener('load', work);
}
