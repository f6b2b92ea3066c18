import { runInSlices } from '../../tokenizers/slices';

/**
 * Drives a generator a few milliseconds at a time, so that the worker hears an abort.
 * @throws TokenoscopeError `aborted`
 */
export async function inSlices<T>(
  work: Generator<void, T, void>,
  { signal }: { readonly signal: AbortSignal },
): Promise<T> {
  let result: { readonly value: T } | undefined;
  await runInSlices(
    () => {
      const step = work.next();
      if (step.done) result = { value: step.value };
      return step.done ? 1 : 0;
    },
    { signal },
  );
  if (!result) throw new Error('The work ended without a result.');
  return result.value;
}
