/** Token strings and ids, both ways. */
export class TokenTable {
  readonly tokens: readonly (string | undefined)[];
  readonly #ids: ReadonlyMap<string, number>;

  constructor(ids: ReadonlyMap<string, number>) {
    const tokens: (string | undefined)[] = [];
    for (const [token, id] of ids) tokens[id] = token;
    this.tokens = tokens;
    this.#ids = ids;
  }

  idOf(token: string): number | undefined {
    return this.#ids.get(token);
  }
}
