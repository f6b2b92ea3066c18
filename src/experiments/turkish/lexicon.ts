import { packedText } from '../../catalog/packed-text';

/** What a token is: a root or an ending alone, another Turkish word, or neither. */
export type TokenKind = 'pure' | 'turkish' | 'other';

const VOWEL = /[aıoueiöüâûêî]/;
const FRONT = /[eiöüêî]/;
/** A root's last consonant before a vowel, and what it is otherwise: kitap, kitabı. */
const SOFTENED: Readonly<Record<string, string>> = { ğ: 'k', b: 'p', c: 'ç', d: 't' };
/** Letters of the shortest root that takes an ending. */
const SHORTEST = 2;

/** Roots and endings of Turkish; what they are: data/README.md. */
export class Lexicon {
  readonly #roots: ReadonlySet<string>;
  readonly #endings: ReadonlySet<string>;

  constructor(roots: Iterable<string>, endings: Iterable<string>) {
    this.#roots = new Set(roots);
    this.#endings = new Set(endings);
  }

  get roots(): number {
    return this.#roots.size;
  }

  get endings(): number {
    return this.#endings.size;
  }

  /** @param token a token's text; spaces around it and letters' case make no difference */
  kindOf(token: string): TokenKind {
    const word = token.trim().toLocaleLowerCase('tr');
    if (this.#roots.has(word) || this.#endings.has(word)) return 'pure';
    for (let at = word.length - 1; at >= SHORTEST; at--) {
      const ending = word.slice(at);
      if (this.#endings.has(ending) && this.#takes(word.slice(0, at), ending)) return 'turkish';
    }
    return 'other';
  }

  /** Whether a stem is a root that an ending can follow, its last consonant perhaps softened. */
  #takes(stem: string, ending: string): boolean {
    if (!inHarmony(stem, ending)) return false;
    if (this.#roots.has(stem)) return true;
    const hard = SOFTENED[stem.at(-1)!];
    return hard !== undefined && VOWEL.test(ending[0]!) && this.#roots.has(stem.slice(0, -1) + hard);
  }
}

/** Vowel harmony: the stem's last vowel and the ending's first are both front or both back. */
function inHarmony(stem: string, ending: string): boolean {
  const last = [...stem].findLast((letter) => VOWEL.test(letter));
  const first = [...ending].find((letter) => VOWEL.test(letter));
  return last === undefined || first === undefined || FRONT.test(last) === FRONT.test(first);
}

/** The lists of data/words.pack. */
export async function loadLexicon(): Promise<Lexicon> {
  const text = await packedText(() => import('./data/words.pack?url&inline'));
  const [roots = '', endings = ''] = text.trimEnd().split('\n\n');
  return new Lexicon(frontDecoded(roots), frontDecoded(endings));
}

/** Words of lines that give, in base 36, how many letters are those of the word before, and the others. */
export function frontDecoded(lines: string): string[] {
  let before = '';
  return lines.split('\n').map((line) => {
    before = before.slice(0, Number.parseInt(line[0]!, 36)) + line.slice(1);
    return before;
  });
}
