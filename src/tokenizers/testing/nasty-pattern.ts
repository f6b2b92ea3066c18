import { Random } from './random';

const LITERALS =
  "a b c A B s S k k i I t ' - _ , 1 2 3 \\n \\r \\t é É ß ſ σ ς Σ ½ ² 中 の ا 😀 ́ \\. \\( \\[ \\- / & ~ ! # @ \\x41 \\u0062 \\x{1F600} \\e \\cA \\101".split(
    ' ',
  );
const SETS =
  String.raw`. \w \W \d \D \s \S \h \H \N \O \R \X \p{L} \P{L} \p{Lu} \p{Ll} \p{N} \p{Nd} \p{M} \p{P} \p{S} \p{Z} \p{^L} \p{Han} \p{greek} \p{Alpha} \p{Alnum} \p{alnum} \p{Punct} \p{Space} \p{Upper} \p{lower} \p{Word} \p{XDigit} \p{Any} \p{Script_Extensions=Greek} \p{White_Space} \p{uppercase_letter} \p{Emoji}`.split(
    ' ',
  );
const POSIX =
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit ^alpha ^space ^punct'.split(
    ' ',
  );
const ASSERTIONS = String.raw`^ $ \A \z \Z \b \B \G \b $`.split(' ');
const QUANTIFIERS =
  '* + ? *? +? ?? *+ ++ ?+ {2} {1,3} {,2} {2,} {0} {0,1} {1,2}? {2}? {2}+ {1,3}+ {,2}+ {1,}+ {2,1} {3,1} ?* +* {2}{2} *{2} {,2}? {1,2}* {0,}? {1}'.split(
    ' ',
  );
const CLASS_ITEMS =
  "a b c A-C a-c 0-9 s k ' \\- _ , \\n \\r é ß ſ Σ 中 一-龥 😀 \\] \\[ . ( ) | * + ? $ / \\x41-\\x5A \\u00e0-\\u00ff \\b À-ÿ α-ω & a-zA-Z".split(
    ' ',
  );

/** A made-up expression in Oniguruma's syntax: mostly valid, of every kind of part that the syntax has. */
export function nastyPattern(seed: number): string {
  return new Maker(new Random(seed)).pattern();
}

class Maker {
  readonly #random: Random;
  #groups = 0;
  #names = 0;
  /** Repetitions around what is being made: three of them, each in the next, take too long on any text. */
  #repeats = 0;
  readonly #named: boolean;
  readonly #caseless: boolean;

  constructor(random: Random) {
    this.#random = random;
    this.#named = random.below(6) === 0;
    this.#caseless = random.below(4) === 0;
  }

  pattern(): string {
    const lead = this.#chance(this.#caseless ? 2 : 12) ? this.#flags(')') : '';
    return lead + this.#alternatives(this.#random.pick([1, 2, 2, 3]));
  }

  #chance(one: number): boolean {
    return this.#random.below(one) === 0;
  }

  #alternatives(depth: number): string {
    const parts = Array.from({ length: this.#random.pick([1, 1, 1, 2, 2, 3]) }, () => this.#sequence(depth));
    return parts.join('|');
  }

  #sequence(depth: number): string {
    const length = this.#random.pick([0, 1, 1, 2, 2, 3, 4]);
    return Array.from({ length }, () => this.#term(depth)).join('');
  }

  #term(depth: number): string {
    if (this.#chance(9)) return this.#random.pick(ASSERTIONS);
    const repeats = this.#chance(2) && this.#repeats < 2;
    if (repeats) this.#repeats++;
    const atom = this.#atom(depth);
    if (repeats) this.#repeats--;
    return repeats && !atom.startsWith('(?#') ? atom + this.#random.pick(QUANTIFIERS) : atom;
  }

  #atom(depth: number): string {
    const kind = this.#random.below(depth > 0 ? 12 : 8);
    if (kind < 4) return this.#random.pick(LITERALS);
    if (kind < 6) return this.#random.pick(SETS);
    if (kind < 8) return this.#class(2);
    return this.#group(depth - 1);
  }

  #group(depth: number): string {
    const body = () => this.#alternatives(depth);
    switch (this.#random.below(16)) {
      case 0:
      case 1:
      case 2:
        return `(?:${body()})`;
      case 3:
        return `(?>${body()})`;
      case 4:
        return `(?=${body()})`;
      case 5:
        return `(?!${body()})`;
      case 6:
        return `(?<=${body()})`;
      case 7:
        return `(?<!${body()})`;
      case 8:
        return this.#caseless ? `${this.#flags(':')}${body()})` : `(?:${body()})`;
      case 9:
        return this.#caseless ? this.#flags(')') : `(${body()})`;
      case 10:
        return this.#reference();
      case 11:
        return this.#chance(4) ? this.#rare(body) : `(?:${body()})`;
      default: {
        if (!this.#named) {
          this.#groups++;
          return `(${body()})`;
        }
        const name = `n${this.#names++}`;
        return `(?<${name}>${body()})`;
      }
    }
  }

  #rare(body: () => string): string {
    switch (this.#random.below(8)) {
      case 0:
        return '(?#note)';
      case 1:
        return `(?x: ${body()} )`;
      case 2:
        return '\\K';
      case 3:
        return `(?~${body()})`;
      case 4:
        return '\\y';
      case 5:
        return '(?(1)a|b)';
      case 6:
        return '(*FAIL)';
      default:
        return this.#named && this.#names > 0 ? '\\g<n0>' : '\\g<1>';
    }
  }

  #reference(): string {
    if (this.#named) return this.#names > 0 ? `\\k<n${this.#random.below(this.#names)}>` : 'a';
    if (this.#groups === 0) return 'b';
    const number = 1 + this.#random.below(this.#groups);
    return this.#chance(3) ? `\\k<${number}>` : `\\${number}`;
  }

  #flags(end: string): string {
    return `(?${this.#random.pick(['i', 'i', 'i', 'm', 'x', 'im', '-i', 'i-m', 'mx'])}${end}`;
  }

  #class(depth: number): string {
    const not = this.#chance(3) ? '^' : '';
    let body = '';
    const length = this.#random.pick([1, 1, 2, 2, 3, 4]);
    for (let i = 0; i < length; i++) {
      const kind = this.#random.below(12);
      if (kind < 6) body += this.#random.pick(CLASS_ITEMS);
      else if (kind < 8) body += this.#random.pick(SETS.filter((set) => !/^(\.|\\[NORX])/.test(set)));
      else if (kind < 9) body += `[:${this.#random.pick(POSIX)}:]`;
      else if (kind < 11 && depth > 0) body += this.#class(depth - 1);
      else if (i > 0 && depth > 0) body += '&&';
    }
    return `[${not}${body || 'a'}]`;
  }
}

const TEXT =
  "a a a b b c A B s S k i I t ' - _ , 1 2 3 \n \r \r\n \t é É ß ss ſ K σ ς Σ ½ ² 中 の ا 😀 e\u0301 \u0301 . ( [ / & ~ ! # @ \u0085 \u2028 \ufeff \u00a0 👩‍👧 ﬁ st \u001b \u0001 | ]".split(
    ' ',
  );

/** A short text of the characters that `nastyPattern` speaks of, and of spaces. */
export function patternText(random: Random): string {
  let text = '';
  for (let left = random.below(10); left >= 0; left--) text += random.below(6) ? random.pick(TEXT) : ' ';
  return text;
}
