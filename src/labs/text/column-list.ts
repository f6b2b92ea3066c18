import { createStore, type StoreApi } from 'zustand';
import type { TokenoscopeError } from '../../core/errors';
import type { Segmentation, SegmentProgress } from '../../engine/text/text.api';
import type { TextDocument } from './documents';

/** One tokenizer's column and its state. */
export interface Column {
  /** Of the catalogue, or of a tokenizer file. */
  readonly id: string;
  /** The latest tokens and their text, which is the older one while a newer one is being tokenized. */
  readonly result: { readonly segmentation: Segmentation; readonly document: TextDocument } | null;
  /** True while work for this column is under way. */
  readonly busy: boolean;
  readonly progress: SegmentProgress | null;
  readonly error: TokenoscopeError | null;
}

/** The columns from left to right. */
export interface ColumnsState {
  readonly list: readonly Column[];
  /** Their ids; another array only where columns come, go or move. */
  readonly ids: readonly string[];
}

/** The columns of a lab with the results of the jobs. */
export class ColumnList {
  readonly store: StoreApi<ColumnsState>;

  constructor(ids: readonly string[]) {
    this.store = createStore<ColumnsState>(() => ({ ids, list: ids.map(fresh) }));
  }

  get ids(): readonly string[] {
    return this.store.getState().ids;
  }

  find(id: string): Column | undefined {
    return this.store.getState().list.find((column) => column.id === id);
  }

  /** Replaces the columns; those that stay keep their tokens. */
  set(ids: readonly string[]): void {
    if (ids.join() === this.ids.join()) return;
    this.store.setState({ ids, list: ids.map((id) => this.find(id) ?? fresh(id)) });
  }

  /** @param at the place among the columns; the last by default */
  add(id: string, at = Number.POSITIVE_INFINITY): void {
    if (!this.ids.includes(id)) this.set(this.ids.toSpliced(at, 0, id));
  }

  remove(id: string): void {
    this.set(this.ids.filter((other) => other !== id));
  }

  /** Moves a column one place to the left (-1) or right (+1). */
  move(id: string, by: -1 | 1): void {
    const from = this.ids.indexOf(id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= this.ids.length) return;
    this.set(this.ids.toSpliced(from, 1).toSpliced(to, 0, id));
  }

  /** Updates the state of a column; does nothing if the column is gone. */
  update(id: string, change: Partial<Omit<Column, 'id'>>): void {
    this.store.setState(({ list }) => ({
      list: list.map((column) => (column.id === id ? { ...column, ...change } : column)),
    }));
  }
}

function fresh(id: string): Column {
  return { id, result: null, busy: true, progress: null, error: null };
}
