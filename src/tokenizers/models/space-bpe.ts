import type { TokenSequence } from '../../core/text/token-sequence';
import { decodeUtf8, encodeUtf8 } from '../../core/text/utf8';
import { AddedTokenBytes } from '../added-token-bytes';
import type { AddedToken } from '../added-tokens';
import { AlignedText, originalEnd } from '../aligned-text';
import { BacktrackingBpe } from '../bpe/backtracking';
import { RankMerges } from '../bpe/merges';
import { PieceCache } from '../bpe/piece-cache';
import { HASH_BASE } from '../byte-hash';
import type { EncodeWork, Shortcut } from '../pipeline-tokenizer';
import { TilingWriter } from '../token-writer';
import { type RegularBpe, renumbered, SPACE } from './regular-bpe';
import { IRREGULAR, SpaceWords, UNKNOWN } from './space-words';
import { byteToken } from './unigram';
import { utf8LengthOfLead } from './utf8-points';

const MARK = '\u2581';
/** Bytes between two checks of the clock. */
const STEP_BYTES = 8192;
/** Words from this many bytes on are encoded step by step. */
const LONG = 1 << 15;

/** Does a little of a long word; returns whether it is done. */
type LongWork = () => boolean;

/**
 * SentencePiece's byte-pair encoding on UTF-8 instead of aligned code points, for tokenizers that only turn spaces
 * into U+2581 (and may put one in front). Inside, the mark is a space: then a text without the mark itself is its
 * own normal form, and spans need no map. Words that no merge crosses are split off and cached, and new ones encoded
 * by backtracking, over tokens renumbered in the order of their merges.
 */
export class SpaceBpe {
  readonly #regular: RegularBpe;
  readonly #bpe: BacktrackingBpe;
  readonly #words: SpaceWords;
  readonly #cache = new PieceCache();
  /** Id by internal id. */
  readonly #ids: Uint32Array;
  readonly #byteIds: Uint32Array;
  readonly #finders: Readonly<Record<'parse' | 'text', AddedTokenBytes>>;
  readonly #prefix: boolean;

  /**
   * Undefined where some byte has no token, or tokens hold plain spaces.
   * @param prefix puts a mark in front
   */
  static shortcut(regular: RegularBpe, added: readonly AddedToken[], prefix: boolean): Shortcut | undefined {
    const { model } = regular;
    if (added.some((token) => token.normalized || token.singleWord || token.leftStrip || token.rightStrip)) {
      return undefined;
    }
    const bytes = Array.from({ length: 256 }, (_, byte) => model.idOf(byteToken(byte)) ?? -1);
    // A byte needs a token of its own unless it is a character that is one.
    const isMissing = (id: number, byte: number) =>
      id < 0 && (byte >= 0x80 || model.idOf(String.fromCharCode(byte)) === undefined);
    if (bytes.some(isMissing) || model.vocabulary.pool.includes(SPACE)) return undefined;
    const bpe = new SpaceBpe(regular, added, prefix, Uint32Array.from(bytes));
    return (text, special) => (text.includes(MARK) ? undefined : new Work(bpe, text, bpe.#finders[special]));
  }

  private constructor(
    regular: RegularBpe,
    added: readonly AddedToken[],
    prefix: boolean,
    byteIds: Uint32Array,
  ) {
    this.#regular = regular;
    this.#prefix = prefix;
    this.#byteIds = byteIds;
    const { ids, bases, vocabulary, leftLengths } = renumbered(regular);
    this.#ids = ids;
    this.#bpe = new BacktrackingBpe(vocabulary, new RankMerges({ vocabulary, leftLengths }, bases));
    this.#words = new SpaceWords(vocabulary.size);
    this.#words.addTokens(vocabulary, bases);
    for (const id of regular.irregular) {
      this.#words.addIrregular(encodeUtf8((regular.model.tokenOf(id) ?? '').replaceAll(MARK, ' ')));
    }
    this.#finders = {
      parse: new AddedTokenBytes(added),
      text: new AddedTokenBytes(added, true),
    };
  }

  get prefix(): boolean {
    return this.#prefix;
  }

  wordEnd(bytes: Uint8Array, start: number, end: number): number {
    return this.#words.wordEnd(bytes, start, end);
  }

  /**
   * Appends the tokens of the word that `wordEnd` has just found.
   * @returns undefined, or for a long word the remaining work
   */
  encode(bytes: Uint8Array, start: number, end: number, out: TilingWriter): LongWork | undefined {
    const { kind } = this.#words;
    if (kind === UNKNOWN) {
      for (let at = start; at < end; at++) out.push(this.#byteIds[bytes[at]!]!, at + 1);
      return undefined;
    }
    const regular = kind !== IRREGULAR;
    if (end - start >= LONG) {
      return regular
        ? this.#longRegular(bytes, start, end, out)
        : this.#longIrregular(bytes, start, end, out);
    }
    let hash = 0;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, HASH_BASE) + bytes[i]!) | 0;
    if (regular) {
      const whole = this.#bpe.vocabulary.findHashed(hash, bytes, start, end);
      if (whole >= 0) {
        out.push(this.#ids[whole]!, end);
        return undefined;
      }
    }
    hash ^= hash >>> 15;
    const cache = this.#cache;
    const entry = cache.find(hash, bytes, start, end);
    if (entry === 0) {
      const first = out.count;
      if (regular) {
        this.#bpe.encode(bytes, start, end, out);
        this.#toIds(out, first);
      } else this.#encodeIrregular(bytes, start, end, out);
      cache.add(hash, bytes, start, end, out, first, out.count);
      return undefined;
    }
    const { words } = cache;
    for (let i = entry + 1, last = i + (words[entry]! >>> 8); i < last; i++) {
      const word = words[i]!;
      out.push(word & 0xffffff, start + (word >>> 24));
    }
    return undefined;
  }

  #longRegular(bytes: Uint8Array, start: number, end: number, out: TilingWriter): LongWork {
    const run = this.#bpe.run(bytes, start, end);
    const first = out.count;
    return () => {
      const done = run.advance(STEP_BYTES, out);
      if (done) this.#toIds(out, first);
      return done;
    };
  }

  #longIrregular(bytes: Uint8Array, start: number, end: number, out: TilingWriter): LongWork {
    const word = alignedWord(bytes, start, end);
    const steps = this.#regular.model.tokenizeInSteps(word, (id, _, to) =>
      out.push(id, originalEnd(word, to)),
    );
    return () => steps.next().done === true;
  }

  #encodeIrregular(bytes: Uint8Array, start: number, end: number, out: TilingWriter): void {
    const word = alignedWord(bytes, start, end);
    this.#regular.model.tokenize(word, (id, _, to) => out.push(id, originalEnd(word, to)));
  }

  /** Internal ids from `first` on become ids. */
  #toIds({ ids, count }: TilingWriter, first: number): void {
    for (let i = first; i < count; i++) ids[i] = this.#ids[ids[i]!]!;
  }
}

/** A word as the general model takes it: spaces as marks. */
function alignedWord(bytes: Uint8Array, start: number, end: number): AlignedText {
  const plain = AlignedText.from(decodeUtf8(bytes.subarray(start, end)), start);
  return plain.map((point) => (point === SPACE ? MARK.charCodeAt(0) : point));
}

/** The encoding of one text: stretches between added tokens, words within a stretch. */
class Work implements EncodeWork {
  readonly #bpe: SpaceBpe;
  readonly #added: AddedTokenBytes;
  /** The text, one byte in: there is room for a space in front of each stretch. */
  readonly #bytes: Uint8Array;
  readonly #out: TilingWriter;
  #at = 1;
  /** Whether the space in front must still be added. */
  #front = false;
  #stretchEnd = 1;
  #tokenEnd = 1;
  #tokenId = 0;
  /** A long word in progress, and where it ends. */
  #long: { readonly work: LongWork; readonly end: number } | undefined;
  /** Tokens that are only the mark in front: their span is that of the first character. */
  readonly #fronts: [token: number, end: number][] = [];

  constructor(bpe: SpaceBpe, text: string, added: AddedTokenBytes) {
    this.#bpe = bpe;
    this.#added = added;
    const utf8 = encodeUtf8(text);
    this.#bytes = new Uint8Array(utf8.length + 1);
    this.#bytes.set(utf8, 1);
    this.#out = new TilingWriter(utf8.length >> 1);
    this.#beginStretch(1);
  }

  step(): number {
    const total = this.#bytes.length;
    const until = Math.min(total, this.#at + STEP_BYTES);
    if (this.#long) {
      const { work, end } = this.#long;
      if (!work()) return Math.min(0.999, this.#at / total);
      this.#at = end;
      this.#long = undefined;
    }
    while (this.#at < until) {
      if (this.#at < this.#stretchEnd) {
        this.#words(Math.min(until, this.#stretchEnd));
        if (this.#long) return Math.min(0.999, this.#at / total);
      }
      if (this.#at < this.#stretchEnd || this.#tokenEnd === this.#stretchEnd) continue;
      this.#out.push(this.#tokenId, this.#tokenEnd);
      this.#beginStretch(this.#tokenEnd);
    }
    return this.#at < total ? this.#at / total : 1;
  }

  finish(): TokenSequence {
    const out = this.#out;
    for (let i = 0; i < out.count; i++) out.ends[i]!--;
    const tokens = out.finish();
    for (const [token, end] of this.#fronts) tokens.ends[token] = end;
    return tokens;
  }

  #words(until: number): void {
    const bpe = this.#bpe;
    const bytes = this.#bytes;
    const out = this.#out;
    const end = this.#stretchEnd;
    let at = this.#at;
    while (at < until) {
      const inFront = this.#front;
      this.#front = false;
      const start = inFront ? at - 1 : at;
      const first = out.count;
      const next = bpe.wordEnd(bytes, start, end);
      const work = bpe.encode(bytes, start, next, out);
      if (work) {
        this.#long = { work, end: next };
        break;
      }
      if (inFront && out.ends[first] === at)
        this.#fronts.push([first, at + utf8LengthOfLead(bytes[at]!) - 1]);
      at = next;
    }
    this.#at = at;
  }

  #beginStretch(at: number): void {
    const bytes = this.#bytes;
    const added = this.#added;
    added.next(bytes, at, bytes.length);
    this.#at = at;
    this.#stretchEnd = added.start;
    this.#tokenEnd = added.end;
    this.#tokenId = added.id;
    // The byte in front, an added token's last one, is no longer needed.
    this.#front = at < added.start && this.#bpe.prefix;
    if (this.#front) bytes[at - 1] = SPACE;
  }
}
