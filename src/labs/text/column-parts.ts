import { type ComponentType, createContext, useContext } from 'react';
import type { LabTokenizer } from './lab-tokenizers';

/** What a column offers beside its tokens: the lab changes columns there, an embedded experiment does not. */
export interface ColumnParts {
  /** Buttons beside the name; absent where nothing can be changed. */
  readonly Actions?: ComponentType<ColumnActionsProps>;
  /** In the tokens' place, where the tokenizer's file is not here. */
  readonly Missing: ComponentType<{ readonly id: string; readonly name: string }>;
}

export interface ColumnActionsProps {
  readonly entry: LabTokenizer;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export const ColumnPartsContext = createContext<ColumnParts | null>(null);

export function useColumnParts(): ColumnParts {
  const parts = useContext(ColumnPartsContext);
  if (!parts) throw new Error('A column was rendered without what it offers.');
  return parts;
}
