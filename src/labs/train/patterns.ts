import { scannedPatterns } from '../../tokenizers/pretokenizers/known-scanners';

const [gpt2, cl100k, qwen] = scannedPatterns as [string, string, string, string];

/** Patterns to choose from; the first one is the default. */
export const PATTERNS: readonly {
  readonly id: string;
  readonly name: string;
  readonly pattern: string | null;
}[] = [
  { id: 'o200k', name: 'o200k (GPT-4o), the default', pattern: null },
  { id: 'cl100k', name: 'cl100k (GPT-4, Llama 3)', pattern: cl100k },
  { id: 'qwen', name: 'Qwen (digits one by one)', pattern: qwen },
  { id: 'gpt2', name: 'GPT-2', pattern: gpt2 },
  { id: 'words', name: 'Between words and spaces', pattern: String.raw`\S+|\s+` },
  { id: 'lines', name: 'Lines', pattern: String.raw`[^\n]+\n?|\n` },
];
