import { jsonConstraint } from './constraints/json';
import { ofCharacters, ofWords } from './constraints/length';
import { withoutCharacters } from './constraints/letters';
import type { Reading } from './constraints/reading';
import { regexConstraint } from './constraints/regex';

export const kinds = ['pattern', 'letters', 'length', 'json'] as const;
export const units = ['words', 'characters'] as const;

/** What a string has to be, as it is in a link. */
export interface ConstraintState {
  readonly kind: (typeof kinds)[number];
  /** A regular expression. */
  readonly pattern: string;
  /** Characters that may not occur. */
  readonly without: string;
  readonly length: number;
  readonly unit: (typeof units)[number];
}

/** @throws TokenoscopeError `query-invalid` that says what is not read, and where */
export function constraintOf({ kind, pattern, without, length, unit }: ConstraintState): Reading {
  switch (kind) {
    case 'pattern':
      return regexConstraint(pattern);
    case 'letters':
      return withoutCharacters(without);
    case 'length':
      return unit === 'words' ? ofWords(length) : ofCharacters(length);
    case 'json':
      return jsonConstraint();
  }
}
