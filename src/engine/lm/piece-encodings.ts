import { lengthOf } from '../../tokenizers/pretokenizers/unicode-classes';
import type { Encodings, MergeEncodings } from './encodings';
import { extend, type LmVocabulary, type Prefix, START } from './language-model';
import {
  BEGIN,
  type Char,
  charAt,
  DIGIT,
  isSecond,
  kindsOf,
  LETTER,
  MARK,
  mayEnd,
  type PieceState,
  step,
  WHITE,
} from './piece-automaton';

/** Behind some tokens: a state of the expression, and the bytes of a character that has only begun, of a guessed kind. */
interface Place {
  readonly state: PieceState;
  readonly begun: readonly number[];
  /** 0 where no character has begun. */
  readonly kind: number;
}

/** Numbers of places behind a token: where a piece begins with it, and where it goes on with one. */
interface Moves {
  readonly cut: readonly number[];
  readonly joined: readonly number[];
}

const KINDS = [LETTER, DIGIT, MARK, WHITE] as const;

/** Answers that are kept: one is as many bytes as the vocabulary has tokens. */
const KEPT = 4000;

/**
 * The encodings of a byte-level BPE over pieces that GPT-2's expression cuts. Unlike merges, the expression looks ahead, so
 * that the tokens of a text's beginning may not be settled yet: there are then two or three ways to begin, of which what
 * follows leaves one.
 */
export class PieceEncodings implements Encodings {
  readonly #vocabulary: LmVocabulary;
  /** Of one piece. */
  readonly #merges: MergeEncodings;
  readonly #places: Place[] = [];
  readonly #numbers = new Map<string, number>();
  /** By place, then by token. */
  readonly #moves: (Moves | undefined)[][] = [];
  readonly #reached = new WeakMap<Prefix, readonly number[]>();
  readonly #known = new Map<string, Uint8Array>();
  readonly #kinds = new Map<string, number>();
  readonly #first: readonly number[];

  /** @param merges of the same vocabulary, in texts that are cut nowhere */
  constructor(vocabulary: LmVocabulary, merges: MergeEncodings) {
    this.#vocabulary = vocabulary;
    this.#merges = merges;
    this.#first = [this.#number({ state: BEGIN, begun: [], kind: 0 })];
  }

  after(before: Prefix): Uint8Array {
    const reached = this.#reach(before);
    const key = `${before.id} ${reached}`;
    const known = this.#known.get(key);
    if (known) return known;
    const { size } = this.#vocabulary;
    const made = this.#merges.after(START);
    const apart = this.#merges.after(before.before ? extend(START, before.id) : START);
    const found = new Uint8Array(size);
    for (const place of reached) {
      for (let id = 0; id < size; id++) {
        if (found[id] === 1 || made[id] === 0) continue;
        const { cut, joined } = this.#movesOf(place, id);
        if (cut.length > 0 || (joined.length > 0 && apart[id] === 1)) found[id] = 1;
      }
    }
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(key, found);
    return found;
  }

  isWhole(prefix: Prefix): boolean {
    return this.#reach(prefix).some((number) => {
      const { state, kind } = this.#places[number]!;
      return kind === 0 && mayEnd(state);
    });
  }

  /** The places behind tokens, ascending. */
  #reach(prefix: Prefix): readonly number[] {
    const open: Prefix[] = [];
    let at = prefix;
    while (at.before && !this.#reached.has(at)) {
      open.push(at);
      at = at.before;
    }
    let reached = at.before ? this.#reached.get(at)! : this.#first;
    for (const next of open.reverse()) {
      const { before, id } = next;
      const isApart = this.#merges.after(before!.before ? extend(START, before!.id) : START)[id] === 1;
      const found = new Set<number>();
      for (const place of reached) {
        const { cut, joined } = this.#movesOf(place, id);
        for (const number of cut) found.add(number);
        if (isApart) for (const number of joined) found.add(number);
      }
      // Behind tokens that encode no text, as a model may be prompted with: what the last one alone leaves open.
      if (found.size === 0) for (const number of this.#movesOf(this.#first[0]!, id).cut) found.add(number);
      reached = [...found].sort((a, b) => a - b);
      this.#reached.set(next, reached);
    }
    return reached;
  }

  #movesOf(place: number, id: number): Moves {
    const known = this.#moves[place]![id];
    if (known) return known;
    const moves = this.#move(this.#places[place]!, this.#vocabulary.bytes(id));
    this.#moves[place]![id] = moves;
    return moves;
  }

  /** Follows a token's bytes, within which no piece begins. */
  #move({ state, begun, kind }: Place, bytes: Uint8Array): Moves {
    if (bytes.length === 0) return { cut: [], joined: [] };
    let at = 0;
    let joined: Place[];
    let cut: Place[] = [];
    if (kind !== 0) {
      const rest = lengthOf(begun[0]!) - begun.length;
      const more = [...begun, ...bytes.subarray(0, rest)];
      if (!isCharBegin(more) || (kindsOf(more, this.#kinds) & kind) === 0) return { cut: [], joined: [] };
      at = Math.min(rest, bytes.length);
      joined = [bytes.length < rest ? { state, begun: more, kind } : { state, begun: [], kind: 0 }];
    } else {
      const { taken, chars } = this.#charsAt(bytes, 0);
      at = taken;
      joined = [];
      for (const { char, begun: part } of chars) {
        const steps = step(state, char);
        const place = (next: PieceState): Place => ({
          state: next,
          begun: part,
          kind: part.length > 0 ? char.kind : 0,
        });
        cut.push(...steps.cut.map(place));
        joined.push(...steps.joined.map(place));
      }
    }
    while (at < bytes.length && cut.length + joined.length > 0) {
      const { taken, chars } = this.#charsAt(bytes, at);
      at += taken;
      const onward = (places: readonly Place[]) =>
        places.flatMap((place) =>
          chars.flatMap(({ char, begun: part }) =>
            step(place.state, char).joined.map(
              (next): Place => ({ state: next, begun: part, kind: part.length > 0 ? char.kind : 0 }),
            ),
          ),
        );
      cut = onward(cut);
      joined = onward(joined);
    }
    return {
      cut: cut.map((place) => this.#number(place)),
      joined: joined.map((place) => this.#number(place)),
    };
  }

  /** The character at a place of a token; of each kind that it may become where the token ends within it. */
  #charsAt(
    bytes: Uint8Array,
    at: number,
  ): { taken: number; chars: { char: Char; begun: readonly number[] }[] } {
    const length = lengthOf(bytes[at]!);
    const part = Array.from(bytes.subarray(at, at + length));
    const kinds = isCharBegin(part) ? kindsOf(part, this.#kinds) : 0;
    if (part.length === length) {
      return { taken: length, chars: kinds === 0 ? [] : [{ char: charAt(bytes, at), begun: [] }] };
    }
    return {
      taken: part.length,
      chars: KINDS.filter((kind) => (kinds & kind) !== 0).map((kind) => ({
        char: { kind, ascii: -1 },
        begun: part,
      })),
    };
  }

  #number(place: Place): number {
    const key = `${place.state} ${place.kind} ${place.begun}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#places.push(place) - 1;
    this.#numbers.set(key, number);
    this.#moves.push([]);
    return number;
  }
}

/** Whether bytes are the beginning of a character of UTF-8. */
function isCharBegin(bytes: readonly number[]): boolean {
  const [lead = 0, second] = bytes;
  if (lead >= 0x80 && (lead < 0xc2 || lead > 0xf4)) return false;
  if (second !== undefined && !isSecond(lead, second)) return false;
  return bytes.slice(2).every((byte) => byte >= 0x80 && byte < 0xc0);
}
