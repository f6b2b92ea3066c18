interface Node {
  isChunk: boolean;
  readonly children: Map<string, Node>;
}

/** The two longest chunks that a text begins with at some place, in characters; 0 for none. */
export interface Matches {
  readonly longest: number;
  readonly second: number;
}

/** The lexicon of Less-is-Better: chunks in the order of their use, the best one first, and found by what they begin with. */
export class Lexicon {
  #chunks: string[] = [];
  /** Places in the list as of the last `settle`. */
  #places = new Map<string, number>();
  readonly #root: Node = { isChunk: false, children: new Map() };

  get size(): number {
    return this.#chunks.length;
  }

  /** Best first. */
  get chunks(): readonly string[] {
    return this.#chunks;
  }

  has(chunk: string): boolean {
    return this.#places.has(chunk);
  }

  /** The place of a chunk, from 0, as of the last change of order or the end of the list. */
  placeOf(chunk: string): number | undefined {
    return this.#places.get(chunk);
  }

  /** Adds a new chunk at the end. */
  append(chunk: string): void {
    let node = this.#root;
    for (const character of chunk) {
      let child = node.children.get(character);
      if (!child) {
        child = { isChunk: false, children: new Map() };
        node.children.set(character, child);
      }
      node = child;
    }
    node.isChunk = true;
    this.#places.set(chunk, this.#chunks.push(chunk) - 1);
  }

  /** @param characters of a sentence */
  match(characters: readonly string[], from: number): Matches {
    let longest = 0;
    let second = 0;
    let node: Node | undefined = this.#root;
    for (let at = from; at < characters.length; at++) {
      node = node.children.get(characters[at]!);
      if (!node) break;
      if (!node.isChunk) continue;
      second = longest;
      longest = at + 1 - from;
    }
    return { longest, second };
  }

  /** Removes chunks; those that are not here are ignored. */
  remove(chunks: Iterable<string>): void {
    let removed = 0;
    for (const chunk of chunks) {
      if (!this.#places.delete(chunk)) continue;
      this.#forget(chunk);
      removed++;
    }
    if (removed === 0) return;
    this.#chunks = this.#chunks.filter((chunk) => this.#places.has(chunk));
    this.#settle();
  }

  /**
   * Moves chunks, in turn, by a share of their place and one: towards the head where they are rewarded, else towards
   * the tail. The first one stays first; what is moved beyond the end is removed.
   * @param rate share of the place
   */
  move(verdicts: readonly { readonly chunk: string; readonly isReward: boolean }[], rate: number): void {
    const names = this.#chunks;
    // Places move a lot: of numbers, which are fast to find and to shift, and not of strings.
    const list = Int32Array.from(names.keys());
    const noted = Int32Array.from(names.keys());
    let size = names.length;
    let pulled = 0;
    for (const { chunk, isReward } of verdicts) {
      const id = this.#places.get(chunk);
      if (id === undefined) continue;
      // Moves to the tail have pulled others forward since the places were noted.
      const place = list.indexOf(id, Math.max(0, noted[id]! - pulled));
      if (place <= 0) continue;
      const distance = Math.floor(place * rate) + 1;
      if (isReward) {
        const to = Math.max(0, place - distance);
        list.copyWithin(to + 1, to, place);
        list[to] = id;
        noted[id] = to;
        continue;
      }
      pulled++;
      const to = place + distance;
      if (to < size) {
        list.copyWithin(place, place + 1, to + 1);
        list[to] = id;
        noted[id] = to;
      } else {
        list.copyWithin(place, place + 1, size);
        list[--size] = -1;
        this.#places.delete(chunk);
        this.#forget(chunk);
      }
    }
    this.#chunks = Array.from(list.subarray(0, size), (id) => names[id]!);
    this.#settle();
  }

  #settle(): void {
    for (let place = 0; place < this.#chunks.length; place++) this.#places.set(this.#chunks[place]!, place);
  }

  #forget(chunk: string): void {
    const path: [Node, string][] = [];
    let node = this.#root;
    for (const character of chunk) {
      path.push([node, character]);
      node = node.children.get(character)!;
    }
    node.isChunk = false;
    for (
      let [parent, character] = path.pop() ?? [];
      parent && character;
      [parent, character] = path.pop() ?? []
    ) {
      const child = parent.children.get(character)!;
      if (child.isChunk || child.children.size > 0) return;
      parent.children.delete(character);
    }
  }
}
