import { useEffect, useState } from 'react';
import { isAborted, toWireError } from '../../../core/errors';
import type { TokenExplanation } from '../../../core/text/token-explanation';
import { useLab } from '../context';
import { labTokenizer, sourceOf } from '../lab-tokenizers';
import type { TokenPlace } from '../token-focus';

/** What a worker says about a token; both empty while it is at work. */
export interface Explained {
  readonly explanation?: TokenExplanation;
  readonly failure?: string;
}

/** Asks a worker about a token; the latest one wins. */
export function useExplanation({ tokenizer, document, id, start, end }: TokenPlace): Explained {
  const { own, segmenter } = useLab();
  const question = `${tokenizer} ${document.key} ${id} ${start} ${end}`;
  const [answer, setAnswer] = useState<Explained & { readonly of: string }>({ of: '' });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const ask = async () => {
      const spec = await sourceOf(tokenizer, own);
      if (!spec) return;
      const label = labTokenizer(tokenizer, own.get())?.label ?? tokenizer;
      const args = { tokenizer: { id: tokenizer, label, spec }, token: { id, start, end } };
      const explanation = await segmenter.explain(args, document, { signal });
      if (!signal.aborted) setAnswer({ of: question, explanation });
    };
    ask().catch((error: unknown) => {
      if (isAborted(error) || signal.aborted) return;
      const { message, hint } = toWireError(error);
      setAnswer({ of: question, failure: `${message} ${hint}`.trim() });
    });
    return () => controller.abort();
  }, [own, segmenter, tokenizer, document, id, start, end, question]);
  return answer.of === question ? answer : {};
}
