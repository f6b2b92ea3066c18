import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { findTextTokenizer } from '../../catalog/tokenizers';
import { Agreement } from '../../core/text/agreement';
import type { Segmentation } from '../../engine/text/text.api';
import { useLab } from './context';
import type { TextDocument } from './documents';

/** Part of published links: what tokens are coloured by, if not each by its id. */
const SETTING = 'colour';
const BY_AGREEMENT = 'agreement';

/** Whether tokens are coloured by what all columns share; and the way to change that. */
export function useByAgreement(): readonly [boolean, (on: boolean) => void] {
  const { panes } = useLab();
  const isOn = useStore(panes.store, ({ settings }) => settings[SETTING] === BY_AGREEMENT);
  return [isOn, (on) => panes.set(SETTING, on ? BY_AGREEMENT : undefined)];
}

/** Bytes and characters are cut everywhere: beside them, no other tokenizer would share anything. */
export function isFinest(tokenizer: string): boolean {
  const kind = findTextTokenizer(tokenizer)?.spec.kind;
  return kind === 'utf8-bytes' || kind === 'characters';
}

/** How a column's tokens are cut by the other columns; undefined while every token has the colour of its id. */
export function useAgreement(
  tokenizer: string,
  { tokens, bytes }: Segmentation,
  document: TextDocument,
): Agreement | undefined {
  const [isOn] = useByAgreement();
  const others = useStore(
    useLab().columns.store,
    useShallow(({ list }) =>
      isOn && !isFinest(tokenizer)
        ? list.flatMap(({ id, result }) =>
            id === tokenizer || isFinest(id) || result?.document !== document
              ? []
              : [result.segmentation.tokens],
          )
        : [],
    ),
  );
  return useMemo(
    () => (isOn ? new Agreement(tokens, others, bytes) : undefined),
    [isOn, tokens, others, bytes],
  );
}
