import { TokenoscopeError } from '../../core/errors';
import { decodeUtf8 } from '../../core/text/utf8';
import {
  ADDED,
  BYTE,
  bytesOf,
  PART,
  PRESENT,
  SPACE_FIRST,
  SPECIAL,
  type VocabularyTable,
} from './vocabulary-table';

/** Kinds of tokens that a selection may ask for. */
export const TOKEN_KINDS = ['special', 'added', 'byte', 'part', 'space'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

export const KIND_FLAGS: Readonly<Record<TokenKind, number>> = {
  special: SPECIAL,
  added: ADDED,
  byte: BYTE,
  part: PART,
  space: SPACE_FIRST,
};

/** How a token is looked for. */
export type SearchBy = 'text' | 'regex' | 'id' | 'bytes';

/** Which tokens of a vocabulary. */
export interface Selection {
  readonly by: SearchBy;
  /** What is looked for; empty for everything. */
  readonly value: string;
  /** The name of a script; empty for all. */
  readonly script: string;
  /** All of these must hold. */
  readonly kinds: readonly TokenKind[];
  /** Length in bytes, both ends included. */
  readonly min: number;
  readonly max: number;
}

/** Ids to a test of them, in which nothing is left to parse. */
export type TokenTest = (id: number) => boolean;

/**
 * What a selection asks of a token. Text is compared without regard to case; a part of a character has no text, so only
 * ids and bytes find it.
 * @param nameOf how the vocabulary spells a token; texts and expressions find tokens by it as well
 * @throws TokenoscopeError `query-invalid` for what is no expression, no id or no hex
 */
export function testOf(
  table: VocabularyTable,
  { by, value, script, kinds, min, max }: Selection,
  nameOf: (id: number) => string,
): TokenTest {
  const { flags, offsets, scripts, scriptNames } = table;
  const wanted = kinds.reduce((bits, kind) => bits | KIND_FLAGS[kind], PRESENT);
  const scriptAt = script === '' ? -1 : scriptNames.indexOf(script);
  const matches = value === '' ? undefined : matcher(table, by, value, nameOf);
  return (id) => {
    if ((flags[id]! & wanted) !== wanted) return false;
    const length = offsets[id + 1]! - offsets[id]!;
    if (length < min || length > max) return false;
    if (script !== '' && scripts[id] !== scriptAt) return false;
    return matches === undefined || matches(id);
  };
}

function matcher(
  table: VocabularyTable,
  by: SearchBy,
  value: string,
  nameOf: (id: number) => string,
): TokenTest {
  switch (by) {
    case 'text': {
      const wanted = value.toLowerCase();
      return (id) =>
        textOf(table, id)?.toLowerCase().includes(wanted) === true ||
        nameOf(id).toLowerCase().includes(wanted);
    }
    case 'regex': {
      const pattern = expression(value);
      return (id) => pattern.test(textOf(table, id) ?? nameOf(id));
    }
    case 'id': {
      const [first, last] = idRange(value);
      return (id) => id >= first && id <= last;
    }
    case 'bytes': {
      const wanted = hexBytes(value);
      return (id) => holds(bytesOf(table, id), wanted);
    }
  }
}

/** The text of a token; undefined where it holds a part of a character. */
export function textOf(table: VocabularyTable, id: number): string | undefined {
  return (table.flags[id]! & PART) === 0 ? decodeUtf8(bytesOf(table, id)) : undefined;
}

function expression(value: string): RegExp {
  try {
    return new RegExp(value, 'u');
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
    throw badQuery(
      `This is no regular expression: ${why}.`,
      'Write it as in JavaScript, with the flag u: ^ ?[0-9]+$ finds tokens of digits.',
    );
  }
}

function idRange(value: string): [number, number] {
  const [, first, last] = /^\s*(\d{1,10})\s*(?:[-–]\s*(\d{1,10})\s*)?$/.exec(value) ?? [];
  if (first === undefined)
    throw badQuery('An id is a whole number.', 'Write one id, or a range such as 100-199.');
  return [Number(first), Number(last ?? first)];
}

function hexBytes(value: string): Uint8Array {
  const digits = value.replace(/0x|\\x|[\s,]/gi, '');
  if (!/^(?:[0-9a-f]{2})+$/i.test(digits)) {
    throw badQuery('Bytes are pairs of hexadecimal digits.', 'E2 96 finds tokens that hold these two bytes.');
  }
  return Uint8Array.from(digits.match(/../g)!, (pair) => Number.parseInt(pair, 16));
}

function holds(bytes: Uint8Array, wanted: Uint8Array): boolean {
  for (let at = bytes.indexOf(wanted[0]!); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1)) {
    let i = 1;
    while (i < wanted.length && bytes[at + i] === wanted[i]) i++;
    if (i === wanted.length) return true;
  }
  return false;
}

function badQuery(message: string, hint: string): TokenoscopeError {
  return new TokenoscopeError('query-invalid', message, hint);
}
