/** Remembers that this tab was reloaded for it, so that a host where it fails is not reloaded for ever. */
const TRIED = 'tokenoscope.isolation';

/** A service worker starts within a second; a page that waits for longer is better off without threads. */
const PATIENCE_MS = 5000;

/**
 * Isolates the page on hosts that send no headers: the service worker adds them, from the next load on. So a first visit
 * there loads twice, before anything is shown. Where that cannot work (no service workers, plain http), everything works
 * on one thread. To be called where the page is not isolated.
 * @returns true where the page is about to be loaded again
 */
export async function isolate(): Promise<boolean> {
  if (!import.meta.env.PROD || !isSecureContext) return false;
  if (!('serviceWorker' in navigator) || wasTried()) return false;
  const late = new Promise<false>((done) => setTimeout(() => done(false), PATIENCE_MS));
  const isReady = await Promise.race([controlled().catch(() => false as const), late]);
  // Without a memory of it, a reload could come again and again.
  if (!isReady || !remember()) return false;
  location.reload();
  return true;
}

async function controlled(): Promise<boolean> {
  const { serviceWorker } = navigator;
  const claimed = new Promise<void>((done) => {
    serviceWorker.addEventListener('controllerchange', () => done(), { once: true });
  });
  await serviceWorker.register('./service-worker.js');
  if (!serviceWorker.controller) await claimed;
  return true;
}

function wasTried(): boolean {
  try {
    return sessionStorage.getItem(TRIED) !== null;
  } catch {
    return true; // storage is refused here, and service workers with it
  }
}

function remember(): boolean {
  try {
    sessionStorage.setItem(TRIED, 'tried');
    return true;
  } catch {
    return false;
  }
}
