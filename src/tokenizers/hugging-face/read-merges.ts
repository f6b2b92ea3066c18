import { encodeUtf8 } from '../../core/text/utf8';
import { IdList } from '../files/id-list';
import type { JsonReader } from '../files/json-reader';
import type { Steps } from '../files/steps';
import { named } from '../files/token-list';
import type { Vocabulary } from '../vocabulary';

const BATCH = 1023;
const SPACE = 0x20;
const VERSION = encodeUtf8('#version');

function isVersion(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= VERSION.length && VERSION.every((byte, i) => bytes[start + i] === byte);
}

/** Finds the tokens of one merge after the other and lists their ids: left, right, merged; flat. */
export class MergeList {
  readonly #vocabulary: Vocabulary;
  /** Characters that the right half loses in the merge: those of the prefix of continuing tokens. */
  readonly #prefix: number;
  readonly #ids = new IdList();

  constructor(vocabulary: Vocabulary, prefix: string) {
    this.#vocabulary = vocabulary;
    this.#prefix = encodeUtf8(prefix).length;
  }

  /** Merges so far. */
  get count(): number {
    return this.#ids.length / 3;
  }

  /**
   * Adds the merge that a text names, two tokens with a space between; passes over `#version: 0.2`, which begins many
   * files. Returns what is wrong with it, if anything.
   */
  addLine(bytes: Uint8Array, start: number, end: number): string | undefined {
    return isVersion(bytes, start, end) ? undefined : this.#addPair(bytes, start, end);
  }

  #addPair(bytes: Uint8Array, start: number, end: number): string | undefined {
    let space = -1;
    for (let i = start; i < end; i++) {
      if (bytes[i] !== SPACE) continue;
      if (space >= 0)
        return `${named(bytes.subarray(start, end))} is more than two tokens with a space between`;
      space = i;
    }
    if (space < 0) return `${named(bytes.subarray(start, end))} is not two tokens with a space between`;
    const left = this.#vocabulary.find(bytes, start, space);
    if (left < 0) return this.#missing(bytes.subarray(start, space), bytes.subarray(start, end));
    const right = this.#vocabulary.find(bytes, space + 1, end);
    if (right < 0) return this.#missing(bytes.subarray(space + 1, end), bytes.subarray(start, end));
    return this.add(left, right);
  }

  /** Adds a merge of two ids. */
  add(left: number, right: number): string | undefined {
    const vocabulary = this.#vocabulary;
    if (vocabulary.bytesOf(right).length < this.#prefix) {
      return `${named(vocabulary.bytesOf(right))} is shorter than the prefix that it should begin with`;
    }
    const merged = this.#prefix === 0 ? vocabulary.findJoined(left, right) : this.#withoutPrefix(left, right);
    if (merged < 0) {
      const [a, b] = [vocabulary.bytesOf(left), vocabulary.bytesOf(right)].map(named);
      return `${a} and ${b} would become a token that is not in the vocabulary`;
    }
    this.#ids.push3(left, right, merged);
    return undefined;
  }

  finish(): Int32Array {
    return this.#ids.finish();
  }

  #withoutPrefix(left: number, right: number): number {
    const first = this.#vocabulary.bytesOf(left);
    const rest = this.#vocabulary.bytesOf(right).subarray(this.#prefix);
    const joined = new Uint8Array(first.length + rest.length);
    joined.set(first);
    joined.set(rest, first.length);
    return this.#vocabulary.find(joined, 0, joined.length);
  }

  #missing(token: Uint8Array, merge: Uint8Array): string {
    return `the merge ${named(merge)} names ${named(token)}, which is not in the vocabulary`;
  }
}

/**
 * Reads a list of merges, each `"left right"` or `["left", "right"]`.
 * @param prefix that of continuing tokens
 * @throws TokenoscopeError that names the merge and its place
 */
export function* readMerges(reader: JsonReader, vocabulary: Vocabulary, prefix: string): Steps<Int32Array> {
  const list = new MergeList(vocabulary, prefix);
  let form = -1;
  for (let more = reader.open('['); more; more = reader.next(']')) {
    const first = reader.peek();
    const at = reader.at;
    if (form < 0) form = first;
    const wrong =
      first === form ? readMerge(reader, vocabulary, list) : 'some merges are texts, others lists';
    if (wrong !== undefined) {
      reader.path.push(list.count);
      throw reader.failure(wrong, at);
    }
    if ((list.count & BATCH) === 0) yield reader.at / reader.bytes.length;
  }
  return list.finish();
}

function readMerge(reader: JsonReader, vocabulary: Vocabulary, list: MergeList): string | undefined {
  if (reader.peek() !== 0x5b) {
    if (reader.peek() !== 0x22) return 'a merge is a text, or a list of two';
    reader.string();
    if (!reader.escaped) return list.addLine(reader.bytes, reader.start, reader.end);
    const bytes = reader.stringBytes();
    return list.addLine(bytes, 0, bytes.length);
  }
  const ids: number[] = [];
  for (let more = reader.open('['); more; more = reader.next(']')) {
    if (reader.peek() !== 0x22) return 'a merge is a list of two texts';
    reader.string();
    const bytes = reader.stringBytes();
    const id = vocabulary.find(bytes, 0, bytes.length);
    if (id < 0) return `the merge names ${named(bytes)}, which is not in the vocabulary`;
    ids.push(id);
  }
  if (ids.length !== 2) return `the merge names ${ids.length} tokens instead of two`;
  return list.add(ids[0]!, ids[1]!);
}
