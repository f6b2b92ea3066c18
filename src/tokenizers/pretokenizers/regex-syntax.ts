const SPACE = '\\p{White_Space}';
const RUST_WORD = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';
const ONIGURUMA_WORD = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}';
/** Outside of classes, Oniguruma's `\\w` also has the numerals of Latin-1. */
const LATIN_NUMERALS = '\\u00b2\\u00b3\\u00b9\\u00bc-\\u00be';
const DIGIT = '\\p{Nd}';

/** Properties that other dialects name without `Script=`, and POSIX-like ones. */
const PROPERTIES: Readonly<Record<string, string>> = {
  Punct: 'P',
  punct: 'P',
  Space: 'White_Space',
  Digit: 'Nd',
  Alpha: 'Alphabetic',
};

/**
 * A publisher's expression (Rust `regex`, `fancy-regex` or Oniguruma syntax) as a JavaScript one with the same
 * meaning, global and Unicode-aware.
 *  - `\s`, `\w`, `\d` are Unicode's, not ASCII's, and JavaScript's `\s` has U+FEFF too many, U+0085 too few.
 *  - `(?i:...)` is spelled out letter by letter, with Unicode case folding (`s` also matches U+017F).
 *  - Possessive quantifiers and atomic groups become a lookahead with a back reference.
 *  - `.` is all but a line feed; to JavaScript a carriage return and two more end lines as well.
 * @param dialect Oniguruma, which Hugging Face's library uses, has Ruby's `^` and `$`, which are those of lines
 * @throws SyntaxError where that cannot be done, or JavaScript cannot compile the result
 */
export function toJavaScriptPattern(source: string, dialect: RegexDialect = 'rust'): RegExp {
  return new Translator(source, dialect).translate();
}

/** Whose syntax an expression has. */
export type RegexDialect = 'rust' | 'oniguruma';

/** Texts that match other texts of another length without case, such as `ss` and `ß`: JavaScript folds none of them. */
const FOLDS_TO_MORE =
  /ss|ff|fi|fl|st|\u02bcn|[\u00df\u0149\u01f0\u0390\u03b0\u0587\u1e96-\u1e9a\u1e9e\u1f50-\u1ffc\ufb00-\ufb17]/i;

class Translator {
  readonly #source: string;
  #at = 0;
  #groups = 0;
  #flags = 'gu';
  #dotAll = false;
  readonly #lines: boolean;
  /** The class of `\\w`, which the two dialects define differently. */
  readonly #word: string;

  constructor(source: string, dialect: RegexDialect) {
    this.#source = source;
    this.#lines = dialect === 'oniguruma';
    this.#word = this.#lines ? ONIGURUMA_WORD + LATIN_NUMERALS : RUST_WORD;
  }

  translate(): RegExp {
    const lead = /^\(\?([ims]+)\)/.exec(this.#source);
    if (lead) {
      this.#at = lead[0].length;
      // In Ruby, whose syntax Oniguruma uses, m means what s means elsewhere; ambiguous, so it is refused.
      if (/[ms]/.test(lead[1]!.replace(this.#lines ? 'm' : 's', ''))) throw new SyntaxError(lead[0]);
      this.#dotAll = /[ms]/.test(lead[1]!);
      if (lead[1]!.includes('i')) {
        this.#flags += 'i';
        this.#refuseLongFolds(this.#source);
      }
    }
    const body = this.#sequence(false);
    if (this.#at < this.#source.length) throw new SyntaxError('unbalanced parenthesis');
    return new RegExp(body, this.#flags);
  }

  /** Alternatives up to a closing parenthesis or the end. */
  #sequence(ignoreCase: boolean): string {
    let out = '';
    while (this.#at < this.#source.length && this.#source[this.#at] !== ')') {
      if (this.#source[this.#at] === '|') {
        out += '|';
        this.#at++;
        continue;
      }
      out += this.#quantified(this.#atom(ignoreCase));
    }
    return out;
  }

  #quantified(atom: string): string {
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.#rest())?.[0];
    if (!quantifier) return atom;
    this.#at += quantifier.length;
    const next = this.#source[this.#at];
    if (next === '+') {
      this.#at++;
      return this.#atomic(atom + quantifier);
    }
    if (next === '?') this.#at++;
    return atom + quantifier + (next === '?' ? '?' : '');
  }

  #atomic(body: string): string {
    const name = `a${this.#groups++}`;
    return `(?:(?=(?<${name}>${body}))\\k<${name}>)`;
  }

  #atom(ignoreCase: boolean): string {
    const character = this.#take();
    if (character === '(') return this.#group(ignoreCase);
    if (character === '[') return this.#class(ignoreCase);
    if (character === '\\') return this.#escape(false);
    if (character === '/' || character === '}' || character === ']') return `\\${character}`;
    if (character === '.') return this.#dotAll ? '[^]' : '[^\\n]';
    if (character === '^' && this.#lines) return '(?:(?<![^])|(?<=\\n)(?=[^]))';
    if (character === '$' && this.#lines) return '(?![^\\n])';
    return ignoreCase && /\p{L}/u.test(character) ? `[${caseVariants(character)}]` : character;
  }

  #group(ignoreCase: boolean): string {
    const head = /^\?(?:([i]*)(-[imsx]+)?:|([=!>]|<[=!]))/.exec(this.#rest());
    if (!head && this.#rest().startsWith('?'))
      throw new SyntaxError(`unknown group (${this.#rest().slice(0, 4)}`);
    this.#at += head?.[0].length ?? 0;
    const start = this.#at;
    const caseless = ignoreCase || (head?.[1]?.includes('i') ?? false);
    const body = this.#sequence(caseless);
    if (caseless) this.#refuseLongFolds(this.#source.slice(start, this.#at));
    if (this.#source[this.#at] !== ')') throw new SyntaxError('unbalanced parenthesis');
    this.#at++;
    if (head?.[3] === '>') return this.#atomic(body);
    return head?.[3] ? `(?${head[3]}${body})` : `(?:${body})`;
  }

  #refuseLongFolds(source: string): void {
    if (this.#lines && FOLDS_TO_MORE.test(source)) {
      throw new SyntaxError('letters without case that match others in number');
    }
  }

  #class(ignoreCase: boolean): string {
    let out = '[';
    if (this.#source[this.#at] === '^') {
      out += '^';
      this.#at++;
    }
    for (let first = true; ; first = false) {
      const character = this.#take();
      if (character === ']' && !first) return `${out}]`;
      if (character === '[') out += this.#posix();
      else if (character === '&' && this.#source[this.#at] === '&')
        throw new SyntaxError('class intersection');
      else if (character === '\\') out += this.#escape(true);
      else if (ignoreCase && /^-[^\]\\[]/u.test(this.#rest())) out += this.#caselessRange(character);
      else if (ignoreCase && /\p{L}/u.test(character)) out += caseVariants(character);
      else if (character === ']') out += '\\]';
      else out += character;
    }
  }

  /** `a-k` with the letters that match those between without case. */
  #caselessRange(first: string): string {
    this.#at++;
    const last = this.#take();
    const [from, to] = [first.codePointAt(0)!, last.codePointAt(0)!];
    if (to - from > 0x1000) throw new SyntaxError(`${first}-${last} without case`);
    let out = '';
    for (let point = from; point <= to; point++) {
      const character = String.fromCodePoint(point);
      if (/\p{L}/u.test(character)) out += caseVariants(character);
    }
    return `${first}-${last}${out}`;
  }

  #posix(): string {
    const name = /^:(space|digit|punct|alpha|upper|lower):\]/.exec(this.#rest());
    if (!name) throw new SyntaxError('nested class');
    this.#at += name[0].length;
    const property = {
      space: SPACE,
      digit: DIGIT,
      punct: '\\p{P}\\p{S}',
      alpha: '\\p{Alphabetic}',
      upper: '\\p{Uppercase}',
      lower: '\\p{Lowercase}',
    };
    return property[name[1] as keyof typeof property];
  }

  #escape(inClass: boolean): string {
    const letter = this.#take();
    const wrap = (set: string, not = '') => (inClass && !not ? set : `[${not}${set}]`);
    switch (letter) {
      case 's':
        return SPACE;
      case 'S':
        return '\\P{White_Space}';
      case 'd':
        return DIGIT;
      case 'D':
        return '\\P{Nd}';
      case 'w':
        return inClass && this.#lines ? ONIGURUMA_WORD : wrap(this.#word);
      case 'W':
        if (inClass) throw new SyntaxError('\\W in a class');
        return wrap(this.#word, '^');
      case 'A':
        return '(?<![^])';
      case 'z':
        return '(?![^])';
      case 'b':
      case 'B':
        if (inClass) throw new SyntaxError(`\\${letter} in a class`);
        return letter === 'b'
          ? `(?:(?<=[${this.#word}])(?![${this.#word}])|(?<![${this.#word}])(?=[${this.#word}]))`
          : `(?:(?<=[${this.#word}])(?=[${this.#word}])|(?<![${this.#word}])(?![${this.#word}]))`;
      case 'Z':
        return '(?=\\n?(?![^]))';
      case 'h':
        if (!this.#lines) throw new SyntaxError('\\h');
        return wrap('0-9A-Fa-f');
      case 'p':
      case 'P':
        return this.#property(letter);
      case 'x': {
        const hex = /^(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(this.#rest());
        if (!hex) throw new SyntaxError('\\x');
        this.#at += hex[0].length;
        return `\\u{${hex[1] ?? hex[2]}}`;
      }
    }
    if (/[nrtfv0uk]/.test(letter)) return `\\${letter}`;
    if (/[\p{L}\p{N}]/u.test(letter)) throw new SyntaxError(`\\${letter}`);
    // An escaped punctuation mark means itself; JavaScript allows the backslash only where it is needed.
    return /[\\^$.*+?()[\]{}|/-]/.test(letter) && (inClass || letter !== '-') ? `\\${letter}` : letter;
  }

  #property(letter: string): string {
    const name = /^(?:\{(\^?)([\w=]+)\}|([A-Z]))/.exec(this.#rest());
    if (!name) throw new SyntaxError('\\p');
    this.#at += name[0].length;
    const negated = (letter === 'P') !== (name[1] === '^');
    const property = name[2] ?? name[3]!;
    return `\\${negated ? 'P' : 'p'}{${propertyName(property)}}`;
  }

  #take(): string {
    const point = this.#source.codePointAt(this.#at);
    if (point === undefined) throw new SyntaxError('the expression ends early');
    const character = String.fromCodePoint(point);
    this.#at += character.length;
    return character;
  }

  #rest(): string {
    return this.#source.slice(this.#at);
  }
}

function propertyName(name: string): string {
  const known = PROPERTIES[name] ?? name;
  for (const candidate of [known, `Script=${known}`]) {
    try {
      new RegExp(`\\p{${candidate}}`, 'u');
      return candidate;
    } catch {}
  }
  throw new SyntaxError(`\\p{${name}}`);
}

/** Letters that match each other without case (Unicode simple folding), as in U+017F beside `s`. */
function caseVariants(letter: string): string {
  const variants = new Set([letter.toLowerCase(), letter.toUpperCase()]);
  if (variants.has('s')) variants.add('\u017f');
  if (variants.has('k')) variants.add('\u212a');
  return [...variants].filter((variant) => [...variant].length === 1).join('');
}
