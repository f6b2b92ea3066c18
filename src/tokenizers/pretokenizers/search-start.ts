/**
 * An expression with `\G`, which holds only where a search starts. JavaScript has no such assertion, so there are two
 * expressions: one that is tried where the search starts, in which it holds, and one for all places after, in which it
 * does not.
 */
export class SearchStartRegExp extends RegExp {
  readonly #here: RegExp;
  readonly #later: RegExp;

  /**
   * @param here global and Unicode-aware, as is
   * @param later the same expression elsewhere
   */
  constructor(here: RegExp, later: RegExp) {
    super(here.source, here.flags);
    this.#here = new RegExp(here.source, here.flags.replace('g', 'y'));
    this.#later = later;
  }

  override exec(text: string): RegExpExecArray | null {
    const start = this.lastIndex;
    this.#here.lastIndex = start;
    let match = this.#here.exec(text);
    if (match) this.lastIndex = this.#here.lastIndex;
    else {
      this.#later.lastIndex = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
      match = this.#later.exec(text);
      this.lastIndex = this.#later.lastIndex;
    }
    return match;
  }
}
