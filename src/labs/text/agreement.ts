import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { findTextTokenizer } from '../../catalog/tokenizers';
import type { Segmentation } from '../../engine/text/text.api';
import type { agreedOn } from '../../views/token-text/agreed-on';
import type { TokenLooks } from '../../views/token-text/token-look';
import { useLab } from './context';
import type { TextDocument } from './documents';
import { useSameList } from './use-same-list';

const load = () => import('../../views/token-text/agreed-on');

/** Part of published links: what tokens are coloured by, if not each by its id. */
const SETTING = 'colour';
const BY_AGREEMENT = 'agreement';

/** Columns are drawn again one after another: all of them at once would block the page. */
const STAGGER_MS = 24;

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

/** How a column's tokens are drawn by what the others make of them; undefined while each has the colour of its id. */
export function useAgreement(
  tokenizer: string,
  { tokens, bytes }: Segmentation,
  document: TextDocument,
): TokenLooks | undefined {
  const [isOn] = useByAgreement();
  const { columns } = useLab();
  const [make, setMake] = useState<typeof agreedOn>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isWanted = true;
    const switchTo = (to: typeof agreedOn | undefined) => {
      if (isWanted) timer = setTimeout(() => setMake(() => to), STAGGER_MS * columns.ids.indexOf(tokenizer));
    };
    // Where it cannot be loaded, the legend says so.
    if (isOn)
      load().then(
        (module) => switchTo(module.agreedOn),
        () => undefined,
      );
    else switchTo(undefined);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [isOn, columns, tokenizer]);
  const others = useStore(
    columns.store,
    useSameList(({ list }) =>
      make && !isFinest(tokenizer)
        ? list.flatMap(({ id, result }) =>
            id === tokenizer || isFinest(id) || result?.document !== document
              ? []
              : [result.segmentation.tokens],
          )
        : [],
    ),
  );
  return useMemo(() => make?.(tokens, others, bytes), [make, tokens, others, bytes]);
}
