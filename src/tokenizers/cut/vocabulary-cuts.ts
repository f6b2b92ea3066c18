import type { TokenSequence } from '../../core/text/token-sequence';
import type { Tokenizer } from '../../core/text/tokens';
import { AlignedText } from '../aligned-text';
import type { RankParts } from '../bpe/rank-tokenizer';
import type { Steps } from '../files/steps';
import { normalizeUnicode } from '../normalizers/unicode-forms';
import { appendOriginal, type NormalizingParts } from '../normalizing-tokenizer';
import type { PipelineParts } from '../pipeline-tokenizer';
import { SpanWriter } from '../token-writer';
import type { CutText, VocabularyCuts } from './cut-text';
import { pipelineCuts } from './pipeline-cuts';
import { RankCuts } from './rank-cuts';

/** A tokenizer that tells what it is made of. */
interface WithParts {
  readonly parts: RankParts | NormalizingParts | PipelineParts;
}

/**
 * The cuts of a tokenizer's vocabulary: what it would make of a text had its training stopped earlier, at any size. Undefined
 * where there is nothing to cut: bytes, characters, words, and models that only look words up.
 */
export function vocabularyCuts(tokenizer: Tokenizer): VocabularyCuts | undefined {
  if (!('parts' in tokenizer)) return undefined;
  const { parts } = tokenizer as unknown as WithParts;
  switch (parts.kind) {
    case 'ranks':
      return new RankCuts(parts);
    case 'pipeline':
      return pipelineCuts(parts);
    case 'normalizing': {
      const inner = vocabularyCuts(parts.inner);
      return inner && new NormalizedCuts(inner, parts);
    }
  }
}

/** The same behind Unicode normalization: spans are those of the text before it. */
class NormalizedCuts implements VocabularyCuts {
  readonly #inner: VocabularyCuts;
  readonly #form: NormalizingParts['form'];

  constructor(inner: VocabularyCuts, { form }: NormalizingParts) {
    this.#inner = inner;
    this.#form = form;
  }

  get extent() {
    return this.#inner.extent;
  }

  sizeAt(size: number): number {
    return this.#inner.sizeAt(size);
  }

  mergesAt(size: number): number | undefined {
    return this.#inner.mergesAt(size);
  }

  *prepare(input: string): Steps<CutText> {
    const text = input.toWellFormed();
    if (text.normalize(this.#form) === text) return yield* this.#inner.prepare(text);
    const normal = normalizeUnicode(AlignedText.from(text), this.#form);
    const inner = yield* this.#inner.prepare(normal.text);
    return {
      count: (size) => inner.count(size),
      position: (size) => inner.position(size),
      // No model with likelihoods is behind a normalization of its own.
      best: () => undefined,
      *tokens(size): Steps<TokenSequence> {
        const out = new SpanWriter(normal.length >> 1);
        appendOriginal(yield* inner.tokens(size), normal, out);
        return out.finish();
      },
    };
  }
}
