import { create } from 'zustand';
import type { BackendChoice, BackendReport } from '../../engine/image/image.api';
import { DEFAULT_HUB } from '../../engine/weights/source';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** What the visitor prefers on this device, and what the device turned out to be. */
export interface SettingsState {
  readonly theme: ThemeChoice;
  /** The backend asked for; `report` says which one runs. */
  readonly backend: BackendChoice;
  /** Address of the hub that checkpoints are fetched from, without a slash at its end. */
  readonly hub: string;
  /** Null until the first model has been opened. */
  readonly report: BackendReport | null;
}

export const useSettings = create<SettingsState>(() => ({
  theme: 'system',
  backend: 'auto',
  hub: DEFAULT_HUB,
  report: null,
}));

export function setTheme(theme: ThemeChoice): void {
  useSettings.setState({ theme });
}

export function setBackend(backend: BackendChoice): void {
  useSettings.setState({ backend });
}

export function setHub(hub: string): void {
  useSettings.setState({ hub });
}

export function setReport(report: BackendReport): void {
  useSettings.setState({ report });
}
