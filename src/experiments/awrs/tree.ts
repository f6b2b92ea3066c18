import { decodeUtf8 } from '../../core/text/utf8';
import { extend, idsOf, type Prefix } from '../../engine/lm/language-model';
import type { ByteReading } from './constraints/bytes';
import type { Target } from './target';

/** The beginning of a string that can still become valid. */
export interface Place {
  readonly prefix: Prefix;
  readonly reading: ByteReading;
  /** Of the next token; undefined until it is asked for. */
  distribution: Float64Array | undefined;
  /** What each token that was checked leads to; undefined for one that is not valid. */
  readonly behind: Map<number, Place | undefined>;
}

/** Places of which the tree remembers what it was told. */
const REMEMBERED = 4096;

/** The beginnings of strings under a constraint: each is asked for and checked once, however many particles pass it. */
export class PrefixTree {
  readonly root: Place;
  readonly end: number;
  readonly #model: Target['model'];
  #asked: Place[] = [];

  constructor({ model, start: prefix, end }: Target, start: ByteReading) {
    this.#model = model;
    this.end = end;
    this.root = { prefix, reading: start, distribution: undefined, behind: new Map() };
  }

  /** Tokens of the vocabulary, with the one that ends a string. */
  get size(): number {
    return this.#model.vocabulary.size;
  }

  /** Asks the model for the distributions of places that have none. @throws TokenoscopeError `aborted` */
  async ask(places: readonly Place[], signal?: AbortSignal): Promise<void> {
    if (this.#asked.length > REMEMBERED) this.#forget();
    const unknown = [...new Set(places)].filter(({ distribution }) => !distribution);
    if (unknown.length === 0) return;
    const found = await this.#model.next(
      unknown.map(({ prefix }) => prefix),
      signal,
    );
    for (const [i, place] of unknown.entries()) place.distribution = found[i]!;
    this.#asked.push(...unknown);
  }

  /** Whether a token may follow. */
  isValid(place: Place, id: number): boolean {
    return id === this.end ? place.reading.isComplete : this.next(place, id) !== undefined;
  }

  /** The place behind a token other than the end; undefined where it may not follow. */
  next(place: Place, id: number): Place | undefined {
    if (place.behind.has(id)) return place.behind.get(id);
    const bytes = this.#model.vocabulary.bytes(id);
    const reading = bytes.length > 0 ? place.reading.readAll(bytes) : undefined;
    const found = reading && {
      prefix: extend(place.prefix, id),
      reading,
      distribution: undefined,
      behind: new Map<number, Place | undefined>(),
    };
    place.behind.set(id, found);
    return found;
  }

  /** The string up to a place; whole characters only where it is complete. */
  textOf({ prefix }: Place): string {
    const bytes: number[] = [];
    for (const id of idsOf(prefix).slice(this.root.prefix.length))
      bytes.push(...this.#model.vocabulary.bytes(id));
    return decodeUtf8(Uint8Array.from(bytes));
  }

  #forget(): void {
    for (const place of this.#asked) {
      place.distribution = undefined;
      place.behind.clear();
    }
    this.#asked = [];
  }
}
