import { type JsonObject, objectAt, unsupported } from './json';

/**
 * What the expressions of a file need. It is large and few files have any, so whoever reads them hands it on
 * (expressions.ts).
 */
export interface Expressions {
  /**
   * An expression of the file as a JavaScript one, global and Unicode-aware.
   * @throws TokenoscopeError `tokenizer-corrupt` that names the place and what cannot be used
   */
  compile(source: string, place: string): RegExp;
  /** Whether some texts may take it very long. */
  mayBeEndless(source: string): boolean;
}

/** The expressions within parts of a description. */
export function expressionsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'Regex' && typeof inner === 'string' ? [inner] : expressionsIn(inner),
  );
}

/**
 * `{"String": ...}` or `{"Regex": ...}` as an expression (global, Unicode-aware) or a plain text.
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place
 */
export function patternAt(
  parent: JsonObject,
  place: string,
  expressions: Expressions | undefined,
): string | RegExp {
  const value = objectAt(parent, 'pattern', place);
  if (typeof value['String'] === 'string') return value['String'];
  if (typeof value['Regex'] !== 'string') throw unsupported(`${place}.pattern`, 'neither String nor Regex');
  if (!expressions) throw new Error(`${place} has an expression that expressionsIn did not find.`);
  return expressions.compile(value['Regex'], `${place}.pattern`);
}

/** A plain text as an expression that matches it. */
export function literal(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'gu');
}
