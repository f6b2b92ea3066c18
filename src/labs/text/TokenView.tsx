import { useCallback, useMemo } from 'react';
import type { Segmentation } from '../../engine/text/text.api';
import { TokenRows } from '../../views/token-text/TokenRows';
import { useAgreement } from './agreement';
import { useLab, useTextState, useTokenFocus } from './context';
import type { TextDocument } from './documents';
import { placeOf } from './token-focus';

export interface TokenViewProps {
  readonly tokenizer: string;
  /** The tokenizer's name. */
  readonly label: string;
  readonly segmentation: Segmentation;
  /** The text that was tokenized. */
  readonly document: TextDocument;
}

/** The tokens of one column. */
export function TokenView({ tokenizer, label, segmentation, document }: TokenViewProps) {
  const { focus, jobs, scrolling } = useLab();
  const showWhitespace = useTextState((state) => state.showWhitespace);
  const mark = useTokenFocus((state) => {
    const place = state.pointed ?? state.pinned;
    return place?.document === document ? place : null;
  });
  const pinned = useTokenFocus(({ pinned }) =>
    pinned?.tokenizer === tokenizer && pinned.document === document ? pinned.index : -1,
  );
  const scroll = useMemo(
    () => ({
      join: (follow: (byte: number) => void) => scrolling.join(tokenizer, follow),
      lead: () => scrolling.lead(tokenizer),
      moved: (byte: number) => scrolling.moved(tokenizer, byte),
    }),
    [scrolling, tokenizer],
  );
  const handleWidth = useCallback((width: number) => jobs.setWidth(tokenizer, width), [jobs, tokenizer]);
  const looks = useAgreement(tokenizer, segmentation, document);
  const asked = useTokenFocus(({ asked }) =>
    asked?.tokenizer === tokenizer && asked.document === document ? asked : null,
  );
  const at = (index: number) => placeOf(tokenizer, document, segmentation, index);
  return (
    <TokenRows
      label={label}
      segmentation={segmentation}
      bytes={document.bytes}
      sheet={document.sheet}
      showWhitespace={showWhitespace}
      looks={looks}
      mark={mark}
      pinned={pinned}
      asked={asked}
      scroll={scroll}
      onWidth={handleWidth}
      onPoint={(token) => focus.pointAt(token === null ? null : at(token))}
      onPin={(token) => focus.togglePin(at(token))}
      onUnpin={() => focus.unpin()}
    />
  );
}
