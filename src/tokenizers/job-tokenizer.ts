import type { EncodeOptions, TokenSequence } from '../core/text/token-sequence';
import type { DecodeStream, TokenEntry, Tokenizer } from '../core/text/tokens';
import { runInSlices } from './slices';
import { joinTokens, streamTokens } from './token-bytes';

/** The encoding of one text, in small steps. */
export interface EncodeJob {
  /** @returns the share done, 0 to 1 */
  step(): number;
  /** The tokens, once a step has returned 1. */
  readonly out: { finish(): TokenSequence };
}

/** What tokenizers without merges and special tokens share: a text is gone through once, and ids are joined token by token. */
export abstract class JobTokenizer implements Tokenizer {
  abstract readonly vocabularySize: number;

  abstract tokenBytes(id: number): Uint8Array;
  abstract token(id: number): TokenEntry | undefined;
  abstract idsOf(token: string | Uint8Array): readonly number[];
  protected abstract job(text: string): EncodeJob;

  encode(text: string, _options?: EncodeOptions): TokenSequence {
    const job = this.job(text);
    while (job.step() < 1);
    return job.out.finish();
  }

  async encodeInSlices(
    text: string,
    options: EncodeOptions & { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<TokenSequence> {
    const job = this.job(text);
    await runInSlices(() => job.step(), options);
    return job.out.finish();
  }

  decode(ids: ArrayLike<number>): Uint8Array {
    return joinTokens(ids, (id) => this.tokenBytes(id));
  }

  decodeStream(): DecodeStream {
    return streamTokens((id) => this.tokenBytes(id));
  }

  trace(): undefined {
    return undefined;
  }
}
