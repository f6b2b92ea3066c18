/**
 * Tells every list of what is kept, on this page and in other tabs, that something was added or deleted. A browser
 * without BroadcastChannel only misses the other tabs.
 */
const CHANNEL = 'tokenoscope-library';

const listeners = new Set<() => void>();
let channel: BroadcastChannel | undefined;

/** Reports that something was added or deleted. */
export function announceLibraryChange(): void {
  tellHere();
  connect()?.postMessage(null);
}

/** Calls the listener after every change. Returns the unsubscriber. */
export function onLibraryChange(listener: () => void): () => void {
  connect();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    channel?.close();
    channel = undefined;
  };
}

function connect(): BroadcastChannel | undefined {
  if (channel || typeof BroadcastChannel === 'undefined') return channel;
  channel = new BroadcastChannel(CHANNEL);
  // In Node an open channel would keep the program alive.
  (channel as { unref?: () => void }).unref?.();
  channel.addEventListener('message', tellHere);
  return channel;
}

function tellHere(): void {
  for (const listener of [...listeners]) listener();
}
