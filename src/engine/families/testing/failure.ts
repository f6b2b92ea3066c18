import { expect } from 'vitest';
import { TokenoscopeError } from '../../../core/errors';

/** The failure of what must fail, which says what to do next. @throws where it does not fail */
export function failureOf(run: () => unknown): TokenoscopeError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(TokenoscopeError);
    expect((error as TokenoscopeError).hint).not.toBe('');
    return error as TokenoscopeError;
  }
  throw new Error('It fits.');
}
