import { useCallback, useEffect, useRef, useState } from 'react';
import { fromWireError, isAborted, TokenoscopeError, toWireError } from '../../../../core/errors';
import type { EncodeOptions } from '../../../../core/text/token-sequence';
import { decodeUtf8 } from '../../../../core/text/utf8';
import type { TokenizerRef } from '../../../../engine/text/text.api';
import { compareBy, type DifferReport, differ } from '../../../../tokenizers/differ/differ';
import type { Side } from '../../../../tokenizers/differ/explain';
import type { VocabularyComparison } from '../../../../tokenizers/vocabulary-listing';
import { useLab, useTextState } from '../../context';
import { beginning } from '../../documents';
import { labTokenizer, sourceOf } from '../../lab-tokenizers';
import type { TextLab } from '../../text-lab';

/** Most bytes of the visitor's text that are compared. */
const OWN_BYTES = 200_000;

/** The comparison of two tokenizers. */
export type Differing =
  | { readonly kind: 'busy'; readonly share: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: TokenoscopeError }
  | {
      readonly kind: 'done';
      readonly report: DifferReport;
      /** Null where a vocabulary cannot be listed. */
      readonly vocabulary: VocabularyComparison | null;
      readonly isPart: boolean;
    };

/** Compares two tokenizers, again with every change of the text, and can be stopped. */
export function useDiffer(first: string | undefined, second: string | undefined) {
  const lab = useLab();
  const document = useTextState((state) => state.document);
  const [state, setState] = useState<Differing>({ kind: 'busy', share: 0 });
  const [turn, setTurn] = useState(0);
  const controller = useRef<AbortController>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn starts it again
  useEffect(() => {
    if (first === undefined || second === undefined) return;
    const mine = new AbortController();
    controller.current = mine;
    const { signal } = mine;
    const set = (next: Differing) => {
      if (!signal.aborted) setState(next);
    };
    set({ kind: 'busy', share: 0 });
    const timer = setTimeout(async () => {
      try {
        const [a, b] = await Promise.all([refOf(lab, first), refOf(lab, second)]);
        const listing = await lab.segmenter.check('listVocabulary', { tokenizer: a }, { signal });
        const vocabulary =
          listing &&
          (await lab.segmenter.check('compareVocabulary', { tokenizer: b, first: listing.list }, { signal }));
        const isPart = document.bytes.length > OWN_BYTES;
        const own = isPart ? beginning(document, OWN_BYTES) : decodeUtf8(document.bytes);
        const by = vocabulary ? compareBy(vocabulary) : 'cuts';
        const report = await differ(
          sideOf(lab, a, signal),
          sideOf(lab, b, signal),
          by,
          own,
          document.encode,
          (share) => set({ kind: 'busy', share }),
        );
        set({ kind: 'done', report, vocabulary, isPart });
      } catch (error) {
        if (!isAborted(error)) set({ kind: 'failed', error: fromWireError(toWireError(error)) });
      }
    }, 200);
    return () => {
      clearTimeout(timer);
      mine.abort();
    };
  }, [lab, first, second, document, turn]);
  return {
    state,
    stop: useCallback(() => {
      controller.current?.abort();
      setState({ kind: 'stopped' });
    }, []),
    again: useCallback(() => setTurn((now) => now + 1), []),
  };
}

async function refOf(lab: TextLab, id: string): Promise<TokenizerRef> {
  const entry = labTokenizer(id, lab.own.get());
  const spec = entry && !entry.isMissing ? await sourceOf(id, lab.own) : undefined;
  if (!entry || !spec) {
    throw new TokenoscopeError(
      'file-unreadable',
      `The file of ${entry?.label ?? id} is not here.`,
      'Open it, or choose another tokenizer.',
    );
  }
  return { id, label: entry.label, spec };
}

function sideOf({ segmenter }: TextLab, tokenizer: TokenizerRef, signal: AbortSignal): Side {
  return {
    encode: (texts: readonly string[], options: EncodeOptions) =>
      segmenter.check('encodeTexts', { tokenizer, texts, options }, { signal }),
    find: async (tokens) =>
      (await segmenter.check('findTokens', { tokenizer, tokens }, { signal })).map((id) => id ?? undefined),
  };
}
