import { TokenoscopeError } from '../../core/errors';

/** A file of weights is not what it should be. @param what a clause: "it ends within its header" */
export function damaged(name: string, what: string): TokenoscopeError {
  return new TokenoscopeError(
    'model-corrupt',
    `${name} is damaged: ${what}.`,
    'Get the file again, and check that it is complete.',
  );
}
