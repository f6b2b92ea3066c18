import { useStore } from 'zustand';
import { Later } from '../../../views/Later';
import { useLab } from '../context';

const loadBanner = async () => (await import('./FingerprintBanner')).FingerprintBanner;

/** What became of the ids that a link expects, where it expects any. */
export function FingerprintSlot() {
  const { panes } = useLab();
  const raw = useStore(panes.store, ({ settings }) => settings['fingerprint']);
  return raw === undefined ? null : <Later load={loadBanner} props={{ raw }} />;
}
