import { workOffline } from './offline';
import { watchPageDrops } from './page-drops';
import type { Shell } from './shell';

/** What the page takes care of once it is on screen. */
export function onceShown(shell: Shell): void {
  watchPageDrops(shell);
  workOffline(shell);
}
