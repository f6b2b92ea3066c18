import { create } from 'zustand';
import type { TokenoscopeError } from '../../core/errors';
import type { Segmentation, SegmentProgress } from '../../engine/text/text.api';
import type { TextDocument } from './document';

/** What is known of one tokenizer's column. */
export interface ColumnState {
  /** The latest tokens, and the text they are of: the older one while a newer is being cut. */
  readonly result: { readonly segmentation: Segmentation; readonly document: TextDocument } | null;
  /** True while work for this column is under way. */
  readonly busy: boolean;
  readonly progress: SegmentProgress | null;
  readonly error: TokenoscopeError | null;
}

/** A column nothing is known of yet. */
export const EMPTY_COLUMN: ColumnState = { result: null, busy: true, progress: null, error: null };

/** By tokenizer id. Kept apart from the lab's state: it changes with every slice of work. */
export const useColumns = create<Readonly<Record<string, ColumnState>>>(() => ({}));

export function updateColumn(id: string, change: Partial<ColumnState>): void {
  useColumns.setState((columns) => ({ [id]: { ...(columns[id] ?? EMPTY_COLUMN), ...change } }));
}

/** Forgets columns that are shown no more: their tokens take megabytes. */
export function keepColumns(ids: readonly string[]): void {
  const columns = useColumns.getState();
  const kept = Object.entries(columns).filter(([id]) => ids.includes(id));
  if (kept.length < Object.keys(columns).length) useColumns.setState(Object.fromEntries(kept), true);
}

export function columnOf(id: string): ColumnState {
  return useColumns.getState()[id] ?? EMPTY_COLUMN;
}
