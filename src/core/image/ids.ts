import { TokenoscopeError } from '../errors';
import type { ModelDescription } from './manifest';

/**
 * Checks a prefix before it is decoded. A model that needs all its tokens also accepts fewer: the rest is hidden
 * from it, and the picture is not a reconstruction then.
 * @param ids at least `k` and at most K of them
 * @param least the smallest k: 0 where the picture of no token is asked for
 * @throws TokenoscopeError `model-run` that names what is out of range
 */
export function checkPrefix(
  manifest: Pick<ModelDescription, 'label' | 'tokens'>,
  ids: ArrayLike<number>,
  k: number,
  least: 0 | 1 = 1,
): void {
  const { count, codebookSize } = manifest.tokens;
  const refuse = (message: string, hint: string) => {
    throw new TokenoscopeError('model-run', message, hint);
  };
  if (!Number.isInteger(k) || k < least || k > count) {
    refuse(`${manifest.label} cannot decode k = ${k} tokens.`, `Choose k from 1 to ${count}.`);
  }
  if (ids.length < k || ids.length > count) {
    refuse(
      `${manifest.label} got ${ids.length} tokens where it needs ${k} to ${count}.`,
      `Give all ${count} tokens that the encoder made.`,
    );
  }
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (!Number.isInteger(id) || id < 0 || id >= codebookSize) {
      refuse(
        `Token ${i + 1} is ${id}, which ${manifest.label} does not have.`,
        `Its ids go from 0 to ${codebookSize - 1}.`,
      );
    }
  }
}
