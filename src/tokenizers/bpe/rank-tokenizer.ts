import type { MergeTrace } from '../../core/text/merge-trace';
import type { MergedToken } from '../../core/text/merged-token';
import { tokenName } from '../../core/text/token-name';
import type { EncodeOptions, TokenSequence } from '../../core/text/token-sequence';
import type { DecodeStream, SpecialCount, TokenEntry, Tokenizer } from '../../core/text/tokens';
import type { TraceOptions } from '../../core/text/traces';
import { encodeUtf8 } from '../../core/text/utf8';
import type { PieceScanner } from '../pretokenizers/scanner';
import { runInSlices } from '../slices';
import type { SpecialTokens } from '../special-tokens';
import { joinTokens, streamTokens, textOf } from '../token-bytes';
import { MergeRecorder } from '../traces-merges';
import type { Vocabulary } from '../vocabulary';
import { EncodeJob } from './encode-job';
import { MergedRanks } from './merged-rank';
import { type PieceBpe, PieceEncoder } from './piece-encoder';

/** Bytes between two checks of the clock. */
const STEP_BYTES = 8192;

/** What a tokenizer is made of whose ids are merge ranks. */
export interface RankParts {
  readonly kind: 'ranks';
  readonly vocabulary: Vocabulary;
  readonly scanner: () => PieceScanner;
  readonly special: SpecialTokens;
}

/** Byte-level BPE whose ids are merge ranks: GPT-2 and the tiktoken family. */
export class RankTokenizer implements Tokenizer {
  readonly vocabularySize: number;
  readonly #vocabulary: Vocabulary;
  readonly #encoder: PieceEncoder;
  readonly #scanner: () => PieceScanner;
  readonly #special: SpecialTokens;
  readonly #begin: number | undefined;
  #merged: MergedRanks | undefined;

  /**
   * @param scanner makes a scanner for the tokenizer; each text in progress has its own
   * @param begin the special token that `addSpecialTokens` puts before a text, if any
   */
  constructor(
    vocabulary: Vocabulary,
    bpe: PieceBpe,
    scanner: () => PieceScanner,
    special: SpecialTokens,
    begin?: string,
  ) {
    this.#vocabulary = vocabulary;
    this.#encoder = new PieceEncoder(bpe);
    this.#scanner = scanner;
    this.#special = special;
    this.#begin = begin === undefined ? undefined : special.idOf(begin);
    this.vocabularySize = Math.max(vocabulary.size, special.size);
  }

  /** What it is made of, for cuts of its vocabulary (../cut). */
  get parts(): RankParts {
    return { kind: 'ranks', vocabulary: this.#vocabulary, scanner: this.#scanner, special: this.#special };
  }

  encode(text: string, options: EncodeOptions = {}): TokenSequence {
    const job = this.#job(text, options);
    while (job.step(Number.MAX_SAFE_INTEGER) < 1);
    return job.out.finish();
  }

  async encodeInSlices(
    text: string,
    options: EncodeOptions & { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<TokenSequence> {
    const job = this.#job(text, options);
    await runInSlices(() => job.step(STEP_BYTES), options);
    return job.out.finish();
  }

  decode(ids: ArrayLike<number>): Uint8Array {
    return joinTokens(ids, (id) => this.tokenBytes(id));
  }

  decodeStream(): DecodeStream {
    return streamTokens((id) => this.tokenBytes(id));
  }

  tokenBytes(id: number): Uint8Array {
    const special = this.#special.textOf(id);
    if (special !== undefined) return encodeUtf8(special);
    const bytes = this.#vocabulary.bytesOf(id);
    if (bytes.length === 0 && !this.#vocabulary.empty.has(id)) {
      throw new RangeError(`There is no token with id ${id}.`);
    }
    return bytes;
  }

  token(id: number): TokenEntry | undefined {
    const special = this.#special.textOf(id);
    if (special !== undefined) return { id, bytes: encodeUtf8(special), name: special, special: true };
    const bytes = this.#vocabulary.bytesOf(id);
    if (bytes.length === 0 && !this.#vocabulary.empty.has(id)) return undefined;
    return { id, bytes, name: tokenName(bytes), special: false };
  }

  idsOf(token: string | Uint8Array): readonly number[] {
    const bytes = typeof token === 'string' ? encodeUtf8(token) : token;
    const plain = this.#vocabulary.find(bytes, 0, bytes.length);
    const special = this.#special.idOf(textOf(bytes) ?? '') ?? -1;
    const empty = bytes.length === 0 ? this.#vocabulary.empty : [];
    return [...new Set([plain, special, ...empty])].filter((id) => id >= 0).sort((a, b) => a - b);
  }

  trace(text: string, options: TraceOptions = {}): MergeTrace {
    const { ids, starts, ends } = this.encode(text, options);
    const vocabulary = this.#vocabulary;
    const recorder = new MergeRecorder(ids.length * 4);
    ids.forEach((id, i) => {
      // Special tokens have ids beyond the vocabulary, or in its holes.
      if (vocabulary.bytesOf(id).length === 0) recorder.symbols.push(id, starts[i]!, ends[i]!);
      else this.#encoder.bpe.record(id, starts[i]!, recorder);
    });
    return recorder.finish();
  }

  specialsIn(text: string): readonly SpecialCount[] {
    return this.#special.countIn(text);
  }

  merged(id: number): MergedToken | undefined {
    if (this.#special.textOf(id) !== undefined) return undefined;
    this.#merged ??= new MergedRanks(this.#encoder.bpe);
    return this.#merged.of(id);
  }

  #job(input: string, { special = 'text', addSpecialTokens = false }: EncodeOptions): EncodeJob {
    const text = input.toWellFormed();
    if (special === 'error') this.#special.refuse(text);
    const parsed = special === 'parse' ? this.#special : undefined;
    const job = new EncodeJob(text, this.#scanner(), parsed, this.#encoder);
    if (addSpecialTokens && this.#begin !== undefined) job.out.push(this.#begin, 0);
    return job;
  }
}
