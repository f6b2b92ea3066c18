import { createStore, type StoreApi } from 'zustand';
import type { Json } from '../../core/link/json';

/** Which pane is in front, and what each of them has been set to. */
export interface PaneState {
  /** A pane's id; null while the columns of tokens are shown. */
  readonly open: string | null;
  /** By pane; a pane at its defaults has none. Whoever wrote the link wrote them: the pane checks them. */
  readonly settings: Readonly<Record<string, Json>>;
}

/** The panes of one lab. */
export class Panes {
  readonly store: StoreApi<PaneState> = createStore<PaneState>(() => ({ open: null, settings: {} }));

  get(): PaneState {
    return this.store.getState();
  }

  show(open: string | null): void {
    if (open !== this.get().open) this.store.setState({ open });
  }

  /** Keeps a pane's settings; undefined sets it back to its defaults. */
  set(pane: string, value: Json | undefined): void {
    const { [pane]: old, ...others } = this.get().settings;
    if (JSON.stringify(old) === JSON.stringify(value)) return;
    this.store.setState({ settings: value === undefined ? others : { ...others, [pane]: value } });
  }

  /** What a link says. */
  replace(state: PaneState): void {
    if (JSON.stringify(state) !== JSON.stringify(this.get())) this.store.setState(state);
  }
}
