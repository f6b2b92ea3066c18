import { create } from 'zustand';
import type { Experiment } from '../core/link/experiment';

export type Lab = Experiment['lab'];

/** What concerns the page as a whole. */
export interface AppState {
  readonly lab: Lab;
  /** Why the link in the address bar could not be opened, or null. */
  readonly linkFailure: { readonly message: string; readonly hint: string } | null;
  /** Parts of the link that were left out, in plain words. */
  readonly linkProblems: readonly string[];
  /** True once the browser has refused to keep a preference. */
  readonly storageRefused: boolean;
}

export const useApp = create<AppState>(() => ({
  lab: 'image',
  linkFailure: null,
  linkProblems: [],
  storageRefused: false,
}));

export function openLab(lab: Lab): void {
  useApp.setState({ lab });
}

export function dismissLinkMessages(): void {
  useApp.setState({ linkFailure: null, linkProblems: [] });
}
