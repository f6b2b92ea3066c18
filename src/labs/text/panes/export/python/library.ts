/** How Python comes to a tokenizer. */
export type PythonLibrary =
  /** OpenAI's tiktoken has it under a name. */
  | { readonly kind: 'tiktoken'; readonly encoding: string }
  /** Hugging Face's tokenizers loads it from a repository; `gated`: after its terms are accepted. */
  | { readonly kind: 'hub'; readonly repository: string; readonly gated?: true }
  | { readonly kind: 'tokenizer.json'; readonly file: string }
  | { readonly kind: 'pair' }
  | { readonly kind: 'sentencepiece'; readonly file: string }
  /** A .tiktoken file, which does not say how texts are split. */
  | {
      readonly kind: 'tiktoken-file';
      readonly file: string;
      readonly pattern: string;
      readonly normalizer?: 'NFC' | undefined;
    }
  /** No library is needed. */
  | { readonly kind: 'plain'; readonly what: 'utf8-bytes' | 'characters' | 'words' };

/** The catalogue's tokenizers, by id, as their publishers give them to Python. */
const PUBLISHED: Readonly<Record<string, PythonLibrary>> = {
  gpt2: { kind: 'tiktoken', encoding: 'gpt2' },
  p50k: { kind: 'tiktoken', encoding: 'p50k_base' },
  cl100k: { kind: 'tiktoken', encoding: 'cl100k_base' },
  o200k: { kind: 'tiktoken', encoding: 'o200k_base' },
  'o200k-harmony': { kind: 'tiktoken', encoding: 'o200k_base' },
  'llama-2': { kind: 'hub', repository: 'meta-llama/Llama-2-7b-hf', gated: true },
  'llama-3': { kind: 'hub', repository: 'meta-llama/Meta-Llama-3-8B', gated: true },
  'gemma-2': { kind: 'hub', repository: 'google/gemma-2-2b', gated: true },
  'qwen-2.5': { kind: 'hub', repository: 'Qwen/Qwen2.5-7B' },
  'bert-uncased': { kind: 'hub', repository: 'google-bert/bert-base-uncased' },
  'utf8-bytes': { kind: 'plain', what: 'utf8-bytes' },
  characters: { kind: 'plain', what: 'characters' },
  words: { kind: 'plain', what: 'words' },
};

/** The catalogue ids that have an entry. */
export const publishedIds = Object.keys(PUBLISHED);

/** How Python comes to a tokenizer of the catalogue; where that is not known, from a file that its user has. */
export function publishedLibrary(id: string): PythonLibrary {
  return PUBLISHED[id] ?? { kind: 'tokenizer.json', file: 'tokenizer.json' };
}
