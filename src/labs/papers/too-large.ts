import { TokenoscopeError } from '../../core/errors';
import { formatBytes } from '../../ui/format';

/** Refuses a text. @param what it is, with its size; @param limit in bytes */
export function tooLarge(what: string, limit: number): TokenoscopeError {
  return new TokenoscopeError(
    'text-too-large',
    `${what}; this experiment takes up to ${formatBytes(limit)}.`,
    'Take a part of it, or run it on the command line: experiment --input.',
  );
}
