import type { Reading } from './reading';

/** Where a JSON text stands (RFC 8259). What is open around it is on a stack, a sign for each: `[` or `{`. */
type Place =
  /** A value has to come; `first`: or the end of an empty array. */
  | 'value'
  | 'first'
  /** A name has to come; `firstName`: or the end of an empty object. */
  | 'name'
  | 'firstName'
  | 'colon'
  /** A value is whole. */
  | 'after'
  /** Within a string, behind its backslash. */
  | 'string'
  | 'escape'
  /** Within a number. */
  | 'minus'
  | 'zero'
  | 'digits'
  | 'point'
  | 'decimals'
  | 'e'
  | 'eSign'
  | 'exponent';

/** The fewest characters from a place to the end of its value, or of its name and colon and value. */
const TO_END: Readonly<Record<Place, number>> = {
  value: 1,
  first: 1,
  name: 4,
  firstName: 1,
  colon: 2,
  after: 0,
  string: 1,
  escape: 2,
  minus: 1,
  zero: 0,
  digits: 0,
  point: 1,
  decimals: 0,
  e: 1,
  eSign: 1,
  exponent: 0,
};

const SPACES = new Set(Array.from(' \t\n\r', code));
const LITERALS = ['true', 'false', 'null'] as const;
const DIGIT_ZERO = code('0');

function code(sign: string): number {
  return sign.codePointAt(0)!;
}

/** The strings that are a JSON text: a value of any kind. */
export function jsonConstraint(): Reading {
  return new Json(new Map(), { place: 'value', stack: '', rest: '', isName: false });
}

interface State {
  readonly place: Place;
  /** The innermost last. */
  readonly stack: string;
  /** What has to follow: of a literal, or the `h` of hexadecimal digits. */
  readonly rest: string;
  /** Whether the string is the name of a member. */
  readonly isName: boolean;
}

class Json implements Reading {
  readonly shortest: number;
  readonly #known: Map<string, Json>;
  readonly #state: State;

  constructor(known: Map<string, Json>, state: State) {
    this.#known = known;
    this.#state = state;
    const { place, stack, rest, isName } = state;
    // The value of a name that is read takes a colon and a digit.
    const isInName = isName && (place === 'string' || place === 'escape');
    // An array or object that is closed by its shortest end is not closed once more.
    const open = place === 'first' || place === 'firstName' ? stack.length - 1 : stack.length;
    this.shortest = TO_END[place] + rest.length + (isInName ? 2 : 0) + open;
  }

  read(character: number): Reading | undefined {
    const next = step(this.#state, character);
    if (!next) return undefined;
    const name = `${next.place} ${next.stack} ${next.rest} ${next.isName}`;
    const found = this.#known.get(name) ?? new Json(this.#known, next);
    this.#known.set(name, found);
    return found;
  }

  /** Beyond ASCII, every character may stand in a string, and nowhere else. */
  shortestBehind(): number {
    const { place, rest } = this.#state;
    return place === 'string' && rest === '' ? this.shortest : Number.POSITIVE_INFINITY;
  }
}

function step(state: State, character: number): State | undefined {
  const { place, stack, rest } = state;
  const sign = String.fromCodePoint(character);
  const isDigit = character >= DIGIT_ZERO && character <= DIGIT_ZERO + 9;
  const go = (to: Place, more: Partial<State> = {}): State => ({
    place: to,
    stack,
    rest: '',
    isName: false,
    ...more,
  });
  if (place === 'string' || place === 'escape') return inString(state, character, sign);
  if (rest !== '') return sign === rest[0] ? go('after', { rest: rest.slice(1) }) : undefined;
  if (isNumber(place)) {
    const next = inNumber(place, sign, isDigit);
    if (next) return go(next);
    // A number ends where something else begins.
    return TO_END[place] === 0 ? step(go('after'), character) : undefined;
  }
  if (SPACES.has(character)) return state;
  switch (place) {
    case 'value':
      return value(stack, sign, isDigit);
    case 'first':
      return sign === ']' ? go('after', { stack: stack.slice(0, -1) }) : value(stack, sign, isDigit);
    case 'firstName':
      if (sign === '}') return go('after', { stack: stack.slice(0, -1) });
      return sign === '"' ? go('string', { isName: true }) : undefined;
    case 'name':
      return sign === '"' ? go('string', { isName: true }) : undefined;
    case 'colon':
      return sign === ':' ? go('value') : undefined;
    default:
      return after(stack, sign);
  }
}

function inString(state: State, character: number, sign: string): State | undefined {
  const { place, rest, isName } = state;
  if (rest !== '') return /[\da-f]/i.test(sign) ? { ...state, rest: rest.slice(1) } : undefined;
  if (place === 'escape') {
    if (sign === 'u') return { ...state, place: 'string', rest: 'hhhh' };
    return '"\\/bfnrt'.includes(sign) ? { ...state, place: 'string' } : undefined;
  }
  if (sign === '\\') return { ...state, place: 'escape' };
  if (sign === '"') return { ...state, place: isName ? 'colon' : 'after', isName: false };
  return character >= 0x20 ? state : undefined;
}

function isNumber(place: Place): boolean {
  return ['minus', 'zero', 'digits', 'point', 'decimals', 'e', 'eSign', 'exponent'].includes(place);
}

function inNumber(place: Place, sign: string, isDigit: boolean): Place | undefined {
  switch (place) {
    case 'minus':
      return isDigit ? (sign === '0' ? 'zero' : 'digits') : undefined;
    case 'zero':
    case 'digits':
      if (isDigit) return place === 'digits' ? 'digits' : undefined;
      return sign === '.' ? 'point' : sign === 'e' || sign === 'E' ? 'e' : undefined;
    case 'point':
    case 'decimals':
      if (isDigit) return 'decimals';
      return place === 'decimals' && (sign === 'e' || sign === 'E') ? 'e' : undefined;
    default:
      if (isDigit) return 'exponent';
      return place === 'e' && (sign === '+' || sign === '-') ? 'eSign' : undefined;
  }
}

/** A value begins. */
function value(stack: string, sign: string, isDigit: boolean): State | undefined {
  const at = (place: Place, more: Partial<State> = {}): State => ({
    place,
    stack,
    rest: '',
    isName: false,
    ...more,
  });
  if (sign === '{') return at('firstName', { stack: `${stack}{` });
  if (sign === '[') return at('first', { stack: `${stack}[` });
  if (sign === '"') return at('string');
  if (sign === '-') return at('minus');
  if (isDigit) return at(sign === '0' ? 'zero' : 'digits');
  const literal = LITERALS.find((each) => each[0] === sign);
  return literal && at('after', { rest: literal.slice(1) });
}

/** What may follow a value. */
function after(stack: string, sign: string): State | undefined {
  const inside = stack.at(-1);
  if (sign === ',' && inside) {
    return { place: inside === '{' ? 'name' : 'value', stack, rest: '', isName: false };
  }
  const closes = (sign === '}' && inside === '{') || (sign === ']' && inside === '[');
  return closes ? { place: 'after', stack: stack.slice(0, -1), rest: '', isName: false } : undefined;
}
