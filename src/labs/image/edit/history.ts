import { createStore, type StoreApi } from 'zustand';
import { sameIds } from '../source';

/** What can be undone and done again. */
export interface HistoryState {
  readonly past: readonly Uint32Array[];
  readonly future: readonly Uint32Array[];
}

/** Steps that are kept. */
const KEPT = 200;

/** The rows of tokens that a visitor has come through with one picture. */
export class EditHistory {
  readonly store: StoreApi<HistoryState> = createStore(() => ({ past: [], future: [] }));
  #own: Uint32Array | null = null;

  /** Begins anew where the picture is another one. @param own the picture's own tokens */
  follow(own: Uint32Array): void {
    if (this.#own && sameIds(this.#own, own)) return;
    this.#own = own;
    this.store.setState({ past: [], future: [] });
  }

  /** @param before what is on screen until now */
  add(before: Uint32Array): void {
    const { past } = this.store.getState();
    this.store.setState({ past: [...past, before].slice(-KEPT), future: [] });
  }

  /** @returns the row to show instead of `now`; undefined where there is none */
  undo(now: Uint32Array): Uint32Array | undefined {
    const { past, future } = this.store.getState();
    const to = past.at(-1);
    if (to) this.store.setState({ past: past.slice(0, -1), future: [...future, now] });
    return to;
  }

  /** The inverse of `undo`. */
  redo(now: Uint32Array): Uint32Array | undefined {
    const { past, future } = this.store.getState();
    const to = future.at(-1);
    if (to) this.store.setState({ past: [...past, now], future: future.slice(0, -1) });
    return to;
  }
}
