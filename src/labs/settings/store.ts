import { create } from 'zustand';
import type { BackendReport } from '../../engine/host/backend';
import { DEFAULT_HUB } from '../../engine/weights/default-hub';
import type { Settings } from '../lab';

export const useSettings = create<Settings>(() => ({
  theme: 'system',
  backend: 'auto',
  hub: DEFAULT_HUB,
  report: null,
}));

export function setHub(hub: string): void {
  useSettings.setState({ hub });
}

export function setReport(report: BackendReport): void {
  useSettings.setState({ report });
}
