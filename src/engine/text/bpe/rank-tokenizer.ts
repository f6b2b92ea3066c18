import type { MergeTrace } from '../../../core/text/merge-trace';
import { tokenName } from '../../../core/text/token-name';
import type {
  DecodeStream,
  EncodeOptions,
  TokenEntry,
  Tokenizer,
  TokenSequence,
} from '../../../core/text/tokens';
import { encodeUtf8, utf8Length } from '../../../core/text/utf8';
import { HASH_SEED } from '../byte-hash';
import type { PieceScanner } from '../pretokenizers/scanner';
import { runInSlices } from '../slices';
import type { SpecialTokens } from '../special-tokens';
import { joinTokens, streamTokens, textOf } from '../token-bytes';
import { TilingWriter } from '../token-writer';
import { traceRanks } from '../traces';
import type { Vocabulary } from '../vocabulary';
import type { BacktrackingBpe } from './backtracking';
import { PieceCache } from './piece-cache';

/** Bytes between two looks at the clock. */
const STEP_BYTES = 8192;

/** Byte-level BPE whose ids are merge ranks: GPT-2 and the tiktoken family. */
export class RankTokenizer implements Tokenizer {
  readonly vocabularySize: number;
  readonly #vocabulary: Vocabulary;
  readonly #bpe: BacktrackingBpe;
  readonly #scanner: () => PieceScanner;
  readonly #special: SpecialTokens;
  readonly #cache = new PieceCache();

  /** @param scanner makes a scanner of the tokenizer's own; each text in work has its own state */
  constructor(
    vocabulary: Vocabulary,
    bpe: BacktrackingBpe,
    scanner: () => PieceScanner,
    special: SpecialTokens,
  ) {
    this.#vocabulary = vocabulary;
    this.#bpe = bpe;
    this.#scanner = scanner;
    this.#special = special;
    this.vocabularySize = Math.max(vocabulary.size, special.size);
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
    if (bytes.length === 0) throw new RangeError(`There is no token with id ${id}.`);
    return bytes;
  }

  token(id: number): TokenEntry | undefined {
    const special = this.#special.textOf(id);
    if (special !== undefined) return { id, bytes: encodeUtf8(special), name: special, special: true };
    const bytes = this.#vocabulary.bytesOf(id);
    return bytes.length > 0 ? { id, bytes, name: tokenName(bytes), special: false } : undefined;
  }

  idsOf(token: string | Uint8Array): readonly number[] {
    const bytes = typeof token === 'string' ? encodeUtf8(token) : token;
    const plain = this.#vocabulary.find(bytes, 0, bytes.length);
    const special = this.#special.idOf(textOf(bytes) ?? '') ?? -1;
    return [...new Set([plain, special])].filter((id) => id >= 0).sort((a, b) => a - b);
  }

  /** How the text's bytes became its tokens, merge by merge. */
  trace(text: string, options: EncodeOptions = {}): MergeTrace {
    return traceRanks(this.encode(text, options), this.#vocabulary, this.#bpe.merges);
  }

  #job(input: string, { special = 'text' }: EncodeOptions): EncodeJob {
    const text = input.toWellFormed();
    if (special === 'error') this.#special.refuse(text);
    const parsed = special === 'parse' ? this.#special : undefined;
    return new EncodeJob(text, this.#scanner(), parsed, (bytes, start, end, out) =>
      this.#encodePiece(bytes, start, end, out),
    );
  }

  #encodePiece(bytes: Uint8Array, start: number, end: number, out: TilingWriter): void {
    let hash = HASH_SEED;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    hash ^= hash >>> 15;
    // tiktoken takes a piece that is a token as it is, before any merge.
    const whole = this.#vocabulary.findHashed(hash, bytes, start, end);
    if (whole >= 0) {
      out.push(whole, end);
      return;
    }
    const known = this.#cache.find(hash, bytes, start, end);
    if (known < 0) {
      const first = out.count;
      this.#bpe.encode(bytes, start, end, out);
      this.#cache.add(hash, bytes, start, end, out.ids, first, out.count - first);
      return;
    }
    const { tokens } = this.#cache;
    const { offsets } = this.#vocabulary;
    let end2 = start;
    for (let i = known >>> 8, last = i + (known & 255); i < last; i++) {
      const id = tokens[i]!;
      end2 += offsets[id + 1]! - offsets[id]!;
      out.push(id, end2);
    }
  }
}

/** One text on its way through: stretches between special tokens, pieces within a stretch. */
class EncodeJob {
  readonly out: TilingWriter;
  readonly #text: string;
  readonly #bytes: Uint8Array;
  readonly #scanner: PieceScanner;
  readonly #special: SpecialTokens | undefined;
  readonly #encodePiece: (bytes: Uint8Array, start: number, end: number, out: TilingWriter) => void;
  #unit = 0;
  #byte = 0;
  #stretchEnd = 0;
  #pending: { end: number; id: number } | undefined;

  constructor(
    text: string,
    scanner: PieceScanner,
    special: SpecialTokens | undefined,
    encodePiece: (bytes: Uint8Array, start: number, end: number, out: TilingWriter) => void,
  ) {
    this.#text = text;
    this.#bytes = encodeUtf8(text);
    this.#scanner = scanner;
    this.#special = special;
    this.#encodePiece = encodePiece;
    this.out = new TilingWriter(this.#bytes.length >> 1);
    this.#beginStretch();
  }

  /** Encodes about `budget` bytes more; returns the share done. */
  step(budget: number): number {
    const bytes = this.#bytes;
    const until = Math.min(bytes.length, this.#byte + budget);
    while (this.#byte < until || this.#pending) {
      while (this.#byte < this.#stretchEnd && this.#byte < until) {
        const end = this.#scanner.next();
        this.#encodePiece(bytes, this.#byte, end, this.out);
        this.#byte = end;
      }
      if (this.#byte < this.#stretchEnd) break;
      if (!this.#pending) break;
      const { id, end } = this.#pending;
      this.#byte += utf8Length(this.#text, this.#unit, end);
      this.out.push(id, this.#byte);
      this.#unit = end;
      this.#beginStretch();
    }
    return bytes.length === 0 ? 1 : this.#byte / bytes.length;
  }

  #beginStretch(): void {
    const match = this.#special?.next(this.#text, this.#unit);
    const unitEnd = match?.start ?? this.#text.length;
    this.#stretchEnd = match ? this.#byte + utf8Length(this.#text, this.#unit, unitEnd) : this.#bytes.length;
    this.#scanner.begin(this.#text, this.#unit, unitEnd, this.#bytes, this.#byte, this.#stretchEnd);
    this.#unit = unitEnd;
    this.#pending = match && { id: match.id, end: match.end };
  }
}
