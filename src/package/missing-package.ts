import { TokenoscopeError } from '../core/errors';

/**
 * Explains why code could not be loaded: a package that only some uses need is not installed.
 * @returns undefined where the error is another one
 */
export function missingPackage(error: unknown): TokenoscopeError | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND')
    return undefined;
  const [, name] = /package '([^']+)'/.exec(error.message) ?? [];
  if (!name) return undefined;
  return new TokenoscopeError(
    'backend-unavailable',
    `This needs the package ${name}, which is not installed.`,
    name === 'highs'
      ? 'Run: npm install highs'
      : 'In Node, image models need onnxruntime-node, and the image commands sharp as well. Run: npm install onnxruntime-node sharp',
    { cause: error },
  );
}
