import { TextSpans } from '../../core/text/spans';
import { decodeUtf8, isContinuation } from '../../core/text/utf8';
import { type ByteSpans, wordSpans, wordSteps } from '../../core/text/words';
import { inSlices } from '../../tokenizers/files/steps';
import type { TextRef } from './text.api';

/** A text in a worker. What is derived from it is computed on first use. */
export class KeptText {
  readonly key: number;
  readonly bytes: Uint8Array;
  readonly codePoints: number;
  #text: string | undefined;
  #spans: TextSpans | undefined;
  #words: ByteSpans | undefined;
  #wordSteps: Generator<void, number, void> | undefined;
  #wordCount: number | undefined;

  constructor(key: number, bytes: Uint8Array) {
    this.key = key;
    this.bytes = bytes;
    let codePoints = 0;
    for (let i = 0; i < bytes.length; i++) if (!isContinuation(bytes[i]!)) codePoints++;
    this.codePoints = codePoints;
  }

  get text(): string {
    this.#text ??= decodeUtf8(this.bytes);
    return this.#text;
  }

  /** Words of the text (`wordSteps`); undefined until `advanceWords` has counted them. */
  get wordCount(): number | undefined {
    return this.#wordCount;
  }

  /** Counts on for about a millisecond; true once all words are counted. */
  advanceWords(): boolean {
    if (this.#wordCount !== undefined) return true;
    this.#wordSteps ??= wordSteps(this.text);
    const step = this.#wordSteps.next();
    if (!step.done) return false;
    this.#wordCount = step.value;
    return true;
  }

  get spans(): TextSpans {
    this.#spans ??= new TextSpans(this.text);
    return this.#spans;
  }

  /** Its words. @throws TokenoscopeError `aborted` */
  async words(options: { readonly signal: AbortSignal }): Promise<ByteSpans> {
    this.#words ??= await inSlices(wordSpans(this.text), options);
    return this.#words;
  }
}

/** Keeps the latest text, so that it is sent to the worker only once. */
export class TextKeeper {
  #current: KeptText | undefined;

  /** The text that a call refers to; undefined if it is not the latest and came without its bytes. */
  take({ key, bytes }: TextRef): KeptText | undefined {
    if (bytes && this.#current?.key !== key) this.#current = new KeptText(key, bytes);
    return this.#current?.key === key ? this.#current : undefined;
  }
}
