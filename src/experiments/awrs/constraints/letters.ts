import { TokenoscopeError } from '../../../core/errors';
import { type Characters, complement, meets, type Range, united } from './characters';
import type { Reading } from './reading';

/**
 * The strings that have none of some characters, neither as capitals nor as small letters: a lipogram.
 * @throws TokenoscopeError `query-invalid` where none is named
 */
export function withoutCharacters(forbidden: string): Reading {
  const forms = [forbidden, forbidden.toLowerCase(), forbidden.toUpperCase()].join('').replace(/\s+/gu, '');
  if (forms === '')
    throw new TokenoscopeError('query-invalid', 'No letter is forbidden.', 'Write one or more, such as e.');
  const ranges = Array.from(
    forms.toWellFormed(),
    (sign): Range => [sign.codePointAt(0)!, sign.codePointAt(0)!],
  );
  return new Allowed(complement(united(ranges)));
}

class Allowed implements Reading {
  readonly shortest = 0;
  readonly #allowed: Characters;

  constructor(allowed: Characters) {
    this.#allowed = allowed;
  }

  read(character: number): Reading | undefined {
    return meets(this.#allowed, character, character) ? this : undefined;
  }

  shortestBehind(low: number, high: number): number {
    return meets(this.#allowed, low, high) ? 0 : Number.POSITIVE_INFINITY;
  }
}
