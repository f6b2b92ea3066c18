import { TokenoscopeError } from '../../core/errors';

/** A JSON object of unknown content. */
export type JsonObject = { readonly [key: string]: unknown };

/** A failure that names the place in the file, such as `model.merges[12]`. */
export function corrupt(place: string, what: string): TokenoscopeError {
  return new TokenoscopeError(
    'tokenizer-corrupt',
    `This tokenizer file is not usable: ${place} ${what}.`,
    'Check that the file is complete and unchanged.',
  );
}

/** An error that names a part that this engine does not support, so that nothing is silently wrong. */
export function unsupported(place: string, what: string): TokenoscopeError {
  return new TokenoscopeError(
    'tokenizer-corrupt',
    `This tokenizer uses something unknown here: ${place} is ${what}.`,
    'Please report the tokenizer, so that it can be added.',
  );
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(parent: JsonObject, key: string, place: string): JsonObject {
  const value = parent[key];
  if (!isObject(value)) throw corrupt(`${place}.${key}`, 'is missing or not an object');
  return value;
}

export function arrayAt(parent: JsonObject, key: string, place: string): readonly unknown[] {
  const value = parent[key];
  if (!Array.isArray(value)) throw corrupt(`${place}.${key}`, 'is missing or not a list');
  return value;
}

export function stringAt(parent: JsonObject, key: string, place: string, fallback?: string): string {
  const value = parent[key] ?? fallback;
  if (typeof value !== 'string') throw corrupt(`${place}.${key}`, 'is missing or not a string');
  return value;
}

export function booleanAt(parent: JsonObject, key: string, place: string, fallback?: boolean): boolean {
  const value = parent[key] ?? fallback;
  if (typeof value !== 'boolean') throw corrupt(`${place}.${key}`, 'is missing or neither true nor false');
  return value;
}

export function numberAt(parent: JsonObject, key: string, place: string, fallback?: number): number {
  const value = parent[key] ?? fallback;
  if (typeof value !== 'number') throw corrupt(`${place}.${key}`, 'is missing or not a number');
  return value;
}

/** A text of one character. */
export function characterAt(parent: JsonObject, key: string, place: string, fallback?: string): string {
  const value = stringAt(parent, key, place, fallback);
  if (Array.from(value).length !== 1) throw corrupt(`${place}.${key}`, 'is not a single character');
  return value;
}

/** A whole number from 0 on. */
export function countAt(parent: JsonObject, key: string, place: string, fallback?: number): number {
  const value = numberAt(parent, key, place, fallback);
  if (!Number.isSafeInteger(value) || value < 0) throw corrupt(`${place}.${key}`, 'is not a whole number');
  return value;
}

/** An id: a whole number from 0 to 2^31 - 1. */
export function idFrom(value: unknown, place: string): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 0x7fffffff) {
    throw corrupt(place, 'is not a token id');
  }
  return value as number;
}

/** The elements of a sequence, each an object, with their places. */
export function sequence(parent: JsonObject, key: string, place: string): [JsonObject, string][] {
  return arrayAt(parent, key, place).map((value, i) => {
    const at = `${place}.${key}[${i}]`;
    if (!isObject(value)) throw corrupt(at, 'is not an object');
    return [value, at];
  });
}
