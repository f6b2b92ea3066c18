import { TokenoscopeError } from '../../../core/errors';

/** A file that is not what its codec writes, or a picture of another size. */
export function strangeFile(
  label: string,
  { width, height }: { readonly width: number; readonly height: number },
): TokenoscopeError {
  return new TokenoscopeError(
    'link-invalid',
    `The file that came with this link is not a ${label} picture of ${width} × ${height} pixels.`,
    'Ask for the link again, or open a picture of your own.',
  );
}
