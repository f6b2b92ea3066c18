import { readPythonLiteral } from './python-literal';

/**
 * The config that a safetensors file brings along in its header's metadata, as github.com/apple/ml-flextok saves it
 * (flextok/utils/checkpoint.py): each value as Python prints it; what is no literal stays a text.
 * @returns undefined where nothing in it is a dictionary: most files only say which library wrote them
 */
export function configOfMetadata(metadata: Readonly<Record<string, string>>): object | undefined {
  const entries = Object.entries(metadata).map(
    ([key, text]) => [key, readPythonLiteral(text) ?? text] as const,
  );
  const isConfig = entries.some(
    ([, value]) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  return isConfig ? Object.fromEntries(entries) : undefined;
}
