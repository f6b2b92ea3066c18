import type { TokenSequence } from '../../core/text/token-sequence';
import { encodeUtf8 } from '../../core/text/utf8';
import { AddedTokenBytes } from '../added-token-bytes';
import type { AddedToken } from '../added-tokens';
import { PieceCache } from '../bpe/piece-cache';
import { HASH_BASE } from '../byte-hash';
import type { BertOptions } from '../normalizers/basic';
import { ALONE, BertCharacters, CHANGED, GAP, SAME } from '../normalizers/bert-characters';
import type { EncodeWork, Shortcut } from '../pipeline-tokenizer';
import { SpanWriter, TilingWriter } from '../token-writer';
import { pointAt, utf8LengthOfLead } from './utf8-points';
import type { WordPieceModel } from './word-piece';

/** Bytes between two checks of the clock. */
const STEP_BYTES = 8192;

/**
 * BERT on UTF-8 in one pass: characters are looked up in a table, words are collected in normal form, and the tokens
 * of words are cached. Spans follow from the bytes, and for words that changed from a map of the current word.
 */
export function bertShortcut(
  model: WordPieceModel,
  options: BertOptions,
  added: readonly AddedToken[],
): Shortcut | undefined {
  if (added.some((token) => token.normalized || token.singleWord || token.leftStrip || token.rightStrip)) {
    return undefined;
  }
  if (model.unknownId === undefined) return undefined;
  const characters = new BertCharacters(options);
  const words = new WordPieceWords(model, model.unknownId);
  const finders = {
    parse: new AddedTokenBytes(added),
    text: new AddedTokenBytes(added, true),
  };
  return (text, special) =>
    characters.canTreat(text) ? new Work(text, characters, words, finders[special]) : undefined;
}

/** Tokens of words in normal form, as UTF-8. */
class WordPieceWords {
  readonly #model: WordPieceModel;
  readonly #unknown: number;
  readonly #cache = new PieceCache();
  readonly #prefix: Uint8Array;
  /** The word, after room for the prefix, which is written before each place that is tried. */
  #scratch = new Uint8Array(256);
  #hashes = new Int32Array(256);

  constructor(model: WordPieceModel, unknown: number) {
    this.#model = model;
    this.#unknown = unknown;
    this.#prefix = encodeUtf8(model.options.prefix);
  }

  /** Appends the tokens of `word[0, length)`, ends counted in the word. */
  encode(word: Uint8Array, length: number, characters: number, out: TilingWriter): void {
    let hash = 0;
    for (let i = 0; i < length; i++) hash = (Math.imul(hash, HASH_BASE) + word[i]!) | 0;
    hash ^= hash >>> 15;
    const cache = this.#cache;
    const entry = cache.find(hash, word, 0, length);
    if (entry !== 0) {
      const { words } = cache;
      for (let i = entry + 1, last = i + (words[entry]! >>> 8); i < last; i++) {
        out.push(words[i]! & 0xffffff, words[i]! >>> 24);
      }
      return;
    }
    const first = out.count;
    if (characters > this.#model.options.maxCharacters || !this.#match(word, length, out)) {
      out.count = first;
      out.push(this.#unknown, length);
    }
    cache.add(hash, word, 0, length, out, first, out.count);
  }

  /** The greedy search; false where it fails. */
  #match(word: Uint8Array, length: number, out: TilingWriter): boolean {
    const { vocabulary } = this.#model;
    const prefix = this.#prefix;
    const room = prefix.length;
    if (this.#scratch.length < length + room) {
      this.#scratch = new Uint8Array(2 * (length + room));
      this.#hashes = new Int32Array(2 * (length + room));
    }
    const scratch = this.#scratch;
    const hashes = this.#hashes;
    scratch.set(word.subarray(0, length), room);
    for (let from = 0; from < length; ) {
      const start = from > 0 ? from : room;
      if (from > 0) scratch.set(prefix, from);
      const last = Math.min(length + room, start + vocabulary.longest);
      let hash = 0;
      for (let at = start; at < last; at++) {
        hash = (Math.imul(hash, HASH_BASE) + scratch[at]!) | 0;
        hashes[at] = hash;
      }
      let id = -1;
      let end = last;
      for (; end > from + room; end--) {
        if (end < length + room && (scratch[end]! & 0xc0) === 0x80) continue;
        id = vocabulary.findHashed(hashes[end - 1]!, scratch, start, end);
        if (id >= 0) break;
      }
      if (id < 0) return false;
      from = end - room;
      out.push(id, from);
    }
    return true;
  }
}

/** The encoding of one text. */
class Work implements EncodeWork {
  readonly #characters: BertCharacters;
  readonly #words: WordPieceWords;
  readonly #added: AddedTokenBytes;
  readonly #bytes: Uint8Array;
  readonly #out: SpanWriter;
  readonly #tokens = new TilingWriter(64);
  #next: { readonly start: number; readonly end: number; readonly id: number };
  #at = 0;
  /** The current word, in normal form. */
  #word = new Uint8Array(256);
  #length = 0;
  #count = 0;
  /** Where it began, and whether each of its bytes still has the same offset as in the text. */
  #wordStart = 0;
  #straight = true;
  /** Otherwise: for each of its bytes, the bytes of the original character. */
  #starts = new Uint32Array(256);
  #ends = new Uint32Array(256);

  constructor(text: string, characters: BertCharacters, words: WordPieceWords, added: AddedTokenBytes) {
    this.#characters = characters;
    this.#words = words;
    this.#added = added;
    this.#bytes = encodeUtf8(text);
    this.#out = new SpanWriter(this.#bytes.length >> 2);
    added.next(this.#bytes, 0, this.#bytes.length);
    this.#next = { start: added.start, end: added.end, id: added.id };
  }

  step(): number {
    const bytes = this.#bytes;
    const until = Math.min(bytes.length, this.#at + STEP_BYTES);
    while (this.#at < until) {
      this.#stretch(Math.min(until, this.#next.start));
      if (this.#at < this.#next.start) continue;
      const { start, end, id } = this.#next;
      this.#flush();
      if (start === end) break;
      this.#out.push(id, start, end);
      this.#at = end;
      this.#added.next(bytes, end, bytes.length);
      this.#next = { start: this.#added.start, end: this.#added.end, id: this.#added.id };
    }
    return this.#at < bytes.length ? this.#at / bytes.length : 1;
  }

  finish(): TokenSequence {
    return this.#out.finish();
  }

  #stretch(until: number): void {
    const bytes = this.#bytes;
    const characters = this.#characters;
    let at = this.#at;
    while (at < until) {
      const lead = bytes[at]!;
      const point = lead < 0x80 ? lead : pointAt(bytes, at);
      const end = at + utf8LengthOfLead(lead);
      const kind = characters.kindOf(point);
      if (kind === SAME) this.#append(bytes, at, end, at, end);
      else if (kind === GAP) this.#flush();
      else if (kind === ALONE) this.#alone(bytes, at, end, at, end);
      else if (kind === CHANGED) {
        for (const part of characters.change(point)) {
          if (part.kind === SAME) this.#append(part.bytes, 0, part.bytes.length, at, end);
          else if (part.kind === GAP) this.#flush();
          else this.#alone(part.bytes, 0, part.bytes.length, at, end);
        }
      }
      at = end;
    }
    this.#at = at;
  }

  #alone(from: Uint8Array, first: number, last: number, start: number, end: number): void {
    this.#flush();
    this.#append(from, first, last, start, end);
    this.#flush();
  }

  /** Appends the character `from[first, last)`, which comes from `[start, end)` of the text, to the word. */
  #append(from: Uint8Array, first: number, last: number, start: number, end: number): void {
    const length = this.#length;
    if (length === 0) {
      this.#wordStart = start;
      this.#straight = true;
    } else if (length + 4 > this.#word.length) this.#grow();
    const straight = start === this.#wordStart + length && end - start === last - first;
    if (this.#straight && !straight) this.#bend();
    let at = length;
    for (let i = first; i < last; i++) {
      this.#word[at] = from[i]!;
      if (!this.#straight) {
        this.#starts[at] = start;
        this.#ends[at] = end;
      }
      at++;
    }
    this.#length = at;
    this.#count++;
  }

  /** The word no longer maps byte to byte: from here on the span of every byte is stored. */
  #bend(): void {
    this.#straight = false;
    for (let at = 0; at < this.#length; ) {
      const size = utf8LengthOfLead(this.#word[at]!);
      for (let i = at; i < at + size; i++) {
        this.#starts[i] = this.#wordStart + at;
        this.#ends[i] = this.#wordStart + at + size;
      }
      at += size;
    }
  }

  #flush(): void {
    if (this.#length === 0) return;
    const tokens = this.#tokens;
    tokens.count = 0;
    this.#words.encode(this.#word, this.#length, this.#count, tokens);
    let from = 0;
    for (let i = 0; i < tokens.count; i++) {
      const to = tokens.ends[i]!;
      if (this.#straight) this.#out.push(tokens.ids[i]!, this.#wordStart + from, this.#wordStart + to);
      else this.#out.push(tokens.ids[i]!, this.#starts[from]!, this.#ends[to - 1]!);
      from = to;
    }
    this.#length = 0;
    this.#count = 0;
  }

  #grow(): void {
    const word = new Uint8Array(this.#word.length * 2);
    word.set(this.#word);
    this.#word = word;
    const starts = new Uint32Array(word.length);
    starts.set(this.#starts);
    this.#starts = starts;
    const ends = new Uint32Array(word.length);
    ends.set(this.#ends);
    this.#ends = ends;
  }
}
