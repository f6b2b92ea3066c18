import { TokenoscopeError } from '../../../core/errors';
import { type Characters, complement, DIGITS, DOT, type Range, SPACES, united, WORDS } from './characters';
import { LAST_CHARACTER } from './reading';

/** A regular expression. An empty sequence is the empty string. */
export type Expression =
  | { readonly kind: 'one'; readonly of: Characters }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly part: Expression; readonly least: number; readonly most: number };

/** A repetition may be written with numbers up to this. */
const MOST_REPEATS = 500;

/** What is written behind `(?`, beside groups that capture nothing. */
const GROUPS: readonly (readonly [start: string, name: string])[] = [
  ['?<=', 'lookbehind'],
  ['?<!', 'lookbehind'],
  ['?=', 'lookahead'],
  ['?!', 'lookahead'],
  ['?>', 'an atomic group'],
  ['?<', 'a named group'],
  ['?P<', 'a named group'],
  ['?', 'a flag'],
];

/** Escapes that are no character and no set. */
const REFUSED: Readonly<Record<string, string>> = {
  b: 'a word boundary',
  B: 'a word boundary',
  k: 'a backreference',
  p: 'a Unicode property',
  P: 'a Unicode property',
};

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v' };
const SETS: Readonly<Record<string, Characters>> = { d: DIGITS, w: WORDS, s: SPACES };

/**
 * Reads a regular expression in the syntax of JavaScript, as far as it describes a regular language of whole strings:
 * characters, escapes (`\d \w \s \D \W \S \n \r \t \f \v \xHH \uHHHH`, and any sign behind `\`), classes with ranges,
 * `.`, `|`, groups, and the repetitions `* + ? {m} {m,} {m,n}`. The whole string has to match.
 * @throws TokenoscopeError `query-invalid` that names what is not read and its place
 */
export function parseExpression(pattern: string): Expression {
  return new Parser(pattern).whole();
}

class Parser {
  readonly #signs: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#signs = Array.from(pattern.toWellFormed());
  }

  whole(): Expression {
    const found = this.#choice();
    if (this.#at < this.#signs.length)
      throw this.#wrong('“)” closes nothing', this.#at, 'Write \\) for the sign itself.');
    return found;
  }

  #choice(): Expression {
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  #sequence(): Expression {
    const parts: Expression[] = [];
    while (this.#at < this.#signs.length && !this.#isNext('|') && !this.#isNext(')'))
      parts.push(this.#repeated());
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
  }

  #repeated(): Expression {
    const part = this.#single();
    const from = this.#at;
    const times = this.#times();
    if (!times) return part;
    const [least, most] = times;
    if (least > most)
      throw this.#wrong(
        `The repetition {${least},${most}} goes backwards`,
        from,
        'Write the smaller number first.',
      );
    if (least > MOST_REPEATS || (most > MOST_REPEATS && most !== Number.POSITIVE_INFINITY))
      throw this.#wrong('A repetition has too many turns', from, `Use ${MOST_REPEATS} or fewer.`);
    if (this.#isNext('?'))
      throw this.#refused(
        'a lazy repetition',
        this.#at,
        'Leave the “?” out: which strings match does not depend on it.',
      );
    if (this.#isNext('+'))
      throw this.#refused(
        'a possessive repetition',
        this.#at,
        'Leave the “+” out, or put the part in parentheses.',
      );
    if (this.#isNext('*') || this.#isNext('{'))
      throw this.#wrong('Two repetitions stand side by side', this.#at, 'Put the first one in parentheses.');
    return { kind: 'repeat', part, least, most };
  }

  #times(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#take('?')) return [0, 1];
    if (!this.#isNext('{')) return undefined;
    const match = /^\{(\d{1,6})(,?)(\d{0,6})\}/.exec(this.#signs.slice(this.#at, this.#at + 20).join(''));
    if (!match || (match[2] === '' && match[3] !== ''))
      throw this.#wrong(
        '“{” begins no repetition',
        this.#at,
        'Write {2}, {2,} or {2,5}; \\{ for the sign itself.',
      );
    this.#at += match[0].length;
    const least = Number(match[1]);
    if (match[2] === '') return [least, least];
    return [least, match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])];
  }

  #single(): Expression {
    const from = this.#at;
    const sign = this.#signs[this.#at++]!;
    if (sign === '(') return this.#group(from);
    if (sign === '[') return { kind: 'one', of: this.#class(from) };
    if (sign === '.') return { kind: 'one', of: DOT };
    if (sign === '\\') return { kind: 'one', of: this.#escaped(from) };
    if (sign === '^' || sign === '$')
      throw this.#refused(
        `the anchor “${sign}”`,
        from,
        'Leave it out: the whole string has to match anyway.',
      );
    if ('*+?{'.includes(sign))
      throw this.#wrong(`“${sign}” repeats nothing`, from, `Write \\${sign} for the sign itself.`);
    return { kind: 'one', of: single(sign) };
  }

  #group(from: number): Expression {
    if (this.#isNext('?') && this.#signs[this.#at + 1] === ':') this.#at += 2;
    else {
      const ahead = this.#signs.slice(this.#at, this.#at + 3).join('');
      const known = GROUPS.find(([start]) => ahead.startsWith(start));
      if (known) throw this.#refused(known[1], from, 'Groups are written (…) or (?:…).');
    }
    const inner = this.#choice();
    if (!this.#take(')'))
      throw this.#wrong('“(” is not closed', from, 'Add a “)”, or write \\( for the sign itself.');
    return inner;
  }

  #class(from: number): Characters {
    const isNegated = this.#take('^');
    const ranges: Range[] = [];
    while (!this.#take(']')) {
      if (this.#at >= this.#signs.length)
        throw this.#wrong('“[” is not closed', from, 'Add a “]”, or write \\[ for the sign itself.');
      const start = this.#at;
      const low = this.#member();
      const isRange =
        this.#isNext('-') && this.#at + 1 < this.#signs.length && this.#signs[this.#at + 1] !== ']';
      if (!isRange) {
        ranges.push(...low);
        continue;
      }
      this.#at++;
      const high = this.#member();
      const [first, last] = [codeOf(low), codeOf(high)];
      if (first === undefined || last === undefined || first > last)
        throw this.#wrong(
          'A range of characters goes backwards or has no end',
          start,
          'Write the smaller character first: [a-z].',
        );
      ranges.push([first, last]);
    }
    const set = united(ranges);
    return isNegated ? complement(set) : set;
  }

  #member(): Characters {
    const from = this.#at;
    const sign = this.#signs[this.#at++]!;
    return sign === '\\' ? this.#escaped(from) : single(sign);
  }

  /** What stands behind a backslash. */
  #escaped(from: number): Characters {
    const sign = this.#signs[this.#at++];
    if (sign === undefined)
      throw this.#wrong('A “\\” stands at the end', from, 'Write \\\\ for the sign itself.');
    const control = CONTROLS[sign];
    if (control) return single(control);
    const set = SETS[sign.toLowerCase()];
    if (set) return sign === sign.toLowerCase() ? set : complement(set);
    if (sign === 'x' || sign === 'u') return this.#hexadecimal(from, sign === 'x' ? 2 : 4);
    if (/[1-9]/.test(sign))
      throw this.#refused('a backreference', from, 'What it stands for is no regular language.');
    if (/[\p{L}\p{N}]/u.test(sign))
      throw this.#refused(
        REFUSED[sign] ?? `the escape \\${sign}`,
        from,
        'Escapes are \\d \\w \\s \\D \\W \\S \\n \\r \\t \\f \\v \\xHH \\uHHHH.',
      );
    return single(sign);
  }

  #hexadecimal(from: number, digits: number): Characters {
    const rest = this.#signs.slice(this.#at, this.#at + 8).join('');
    const match =
      (digits === 4 && /^\{([\da-f]{1,6})\}/i.exec(rest)) ||
      new RegExp(`^([\\da-f]{${digits}})`, 'i').exec(rest);
    const code = match ? Number.parseInt(match[1]!, 16) : Number.NaN;
    if (!match || code > LAST_CHARACTER || (code >= 0xd800 && code <= 0xdfff))
      throw this.#wrong('An escape does not name a character', from, 'Write \\x41, \\u0041 or \\u{1F600}.');
    this.#at += match[0].length;
    return [[code, code]];
  }

  #isNext(sign: string): boolean {
    return this.#signs[this.#at] === sign;
  }

  #take(sign: string): boolean {
    if (!this.#isNext(sign)) return false;
    this.#at++;
    return true;
  }

  #wrong(what: string, at: number, hint: string): TokenoscopeError {
    return new TokenoscopeError('query-invalid', `${what}, at character ${at + 1} of the pattern.`, hint);
  }

  #refused(name: string, at: number, hint: string): TokenoscopeError {
    const what = name[0]!.toUpperCase() + name.slice(1);
    return new TokenoscopeError(
      'query-invalid',
      `${what} is not read here: character ${at + 1} of the pattern.`,
      hint,
    );
  }
}

function single(sign: string): Characters {
  const code = sign.codePointAt(0)!;
  return [[code, code]];
}

/** The only character of a set. */
function codeOf(set: Characters): number | undefined {
  return set.length === 1 && set[0]![0] === set[0]![1] ? set[0]![0] : undefined;
}
