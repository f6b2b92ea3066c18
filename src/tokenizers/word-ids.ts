/** The words of one text by their bytes, each with an id of its own. */
export class WordIds {
  readonly #bytes: Uint8Array;
  readonly #taken = new Set<number>();
  /** Of each word where it first occurs, and its id. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #ids: number[] = [];
  /** Open addressing by hash: a word's number + 1; 0: empty. */
  #slots = new Int32Array(1024);

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * The id of the word `bytes[start, end)`: its hash, or, where another word of the text has that id, the next free one.
   * @param onNew is told of a word's first occurrence
   */
  idOf(start: number, end: number, onNew: (id: number, word: Uint8Array) => void): number {
    const bytes = this.#bytes;
    const hash = fnv1a(bytes, start, end);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 16)) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const word = slots[slot]! - 1;
      if (this.#isWord(word, start, end)) return this.#ids[word]!;
    }
    let id = hash;
    while (this.#taken.has(id)) id = (id + 1) >>> 0;
    this.#taken.add(id);
    this.#starts.push(start);
    this.#ends.push(end);
    slots[slot] = this.#ids.push(id);
    if (2 * this.#ids.length > slots.length) this.#grow();
    onNew(id, bytes.subarray(start, end));
    return id;
  }

  #isWord(word: number, start: number, end: number): boolean {
    const from = this.#starts[word]!;
    const length = end - start;
    if (this.#ends[word]! - from !== length) return false;
    const bytes = this.#bytes;
    let i = 0;
    while (i < length && bytes[from + i] === bytes[start + i]) i++;
    return i === length;
  }

  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let word = 0; word < this.#ids.length; word++) {
      const hash = fnv1a(this.#bytes, this.#starts[word]!, this.#ends[word]!);
      let slot = (hash ^ (hash >>> 16)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = word + 1;
    }
    this.#slots = slots;
  }
}

/** Fowler, Noll and Vo's hash of 32 bits. */
function fnv1a(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}
