import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Column } from './column-list';
import { type LabTokenizer, labTokenizer } from './lab-tokenizers';
import type { OwnTokenizersState } from './own-tokenizers';
import type { TextLab } from './text-lab';
import type { TextLabState } from './text-state';
import type { TokenFocusState } from './token-focus';

export const TextLabContext = createContext<TextLab | null>(null);

/** The lab that a view is part of. */
export function useLab(): TextLab {
  const lab = useContext(TextLabContext);
  if (!lab) throw new Error('A part of the text lab was rendered outside of one.');
  return lab;
}

export function useTextState<T>(select: (state: TextLabState) => T): T {
  return useStore(useLab().state.store, select);
}

/** All columns, with every change of any of them. */
export function useColumns(): readonly Column[] {
  return useStore(useLab().columns.store, ({ list }) => list);
}

/** The columns' tokenizers in order; changes only where columns come, go or move. */
export function useColumnIds(): readonly string[] {
  return useStore(useLab().columns.store, ({ ids }) => ids);
}

export function useColumn(id: string): Column | undefined {
  return useStore(useLab().columns.store, ({ list }) => list.find((column) => column.id === id));
}

export function useOwnTokenizers(): OwnTokenizersState {
  return useStore(useLab().own.store);
}

export function useTokenFocus<T>(select: (state: TokenFocusState) => T): T {
  return useStore(useLab().focus.store, select);
}

/** The tokenizers of all columns, in order. */
export function useColumnTokenizers(): readonly LabTokenizer[] {
  const ids = useColumnIds();
  const own = useOwnTokenizers();
  return useMemo(() => ids.flatMap((id) => labTokenizer(id, own) ?? []), [ids, own]);
}

/** What a tokenizer is called. */
export function useTokenizerLabel(): (id: string) => string {
  const own = useOwnTokenizers();
  return (id) => labTokenizer(id, own)?.label ?? id;
}
