import { create } from 'zustand';
import type { BackendChoice, BackendReport } from '../../engine/image/api';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** What the visitor prefers on this device, and what the device turned out to be. */
export interface SettingsState {
  readonly theme: ThemeChoice;
  /** The backend asked for; `report` says which one runs. */
  readonly backend: BackendChoice;
  /** Null until the first model has been opened. */
  readonly report: BackendReport | null;
}

export const useSettings = create<SettingsState>(() => ({ theme: 'system', backend: 'auto', report: null }));

export function setTheme(theme: ThemeChoice): void {
  useSettings.setState({ theme });
}

export function setBackend(backend: BackendChoice): void {
  useSettings.setState({ backend });
}

export function setReport(report: BackendReport): void {
  useSettings.setState({ report });
}
