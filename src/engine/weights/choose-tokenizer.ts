import { TokenoscopeError } from '../../core/errors';
import type { ListedFile } from './listing';

/** What a repository's tokenizer is made of. */
export interface ChosenTokenizer {
  /** All of it, settings and chat template included. */
  readonly files: readonly ListedFile[];
  /** Whether it is a GGUF file, of which only the metadata are read. */
  readonly isGguf: boolean;
}

/** Names that a repository's tokenizer has, the best first; two names belong together. */
const WHOLE: readonly (readonly RegExp[])[] = [
  [/^tokenizer\.json$/],
  [/^tekken\.json$/],
  [/^tokenizer\.model$/],
  [/^(?:spiece|spm|sentencepiece\.bpe|sentencepiece)\.model$/],
  [/\.tiktoken$/],
  [/^vocab\.json$/, /^merges\.txt$/],
  [/^vocab\.txt$/],
];
const SETTINGS = /^(?:tokenizer_config\.json|chat_template\.jinja)$/;
/** Folders that pipelines of several models keep a tokenizer in. */
const FOLDERS = ['', 'tokenizer/'];

/**
 * Finds a tokenizer among a repository's files: tokenizer.json, else another kind, at the top or in `tokenizer/`; else the
 * smallest GGUF file.
 * @param path of the file that is meant, where one is
 * @throws TokenoscopeError `tokenizer-fetch` that says what there is instead
 */
export function chooseTokenizer(files: readonly ListedFile[], where: string, path?: string): ChosenTokenizer {
  if (path !== undefined) return oneOf(files, where, path);
  for (const folder of FOLDERS) {
    const here = files.filter((file) => file.path.startsWith(folder) && isIn(file.path, folder));
    const named = (pattern: RegExp) => here.find((file) => pattern.test(file.path.slice(folder.length)));
    for (const patterns of WHOLE) {
      const found = patterns.flatMap((pattern) => named(pattern) ?? []);
      if (found.length < patterns.length) continue;
      return {
        files: [...found, ...here.filter((file) => SETTINGS.test(file.path.slice(folder.length)))],
        isGguf: false,
      };
    }
  }
  const [smallest] = files
    .filter(({ path }) => /\.gguf$/i.test(path) && !/mmproj|-(?!00001)\d{5}-of-\d{5}/i.test(path))
    .sort((a, b) => (a.bytes ?? 0) - (b.bytes ?? 0));
  if (smallest) return { files: [smallest], isGguf: true };
  throw new TokenoscopeError(
    'tokenizer-fetch',
    `${where} holds no tokenizer that is known here. ${whatIsThere(files)}`,
    'A model that was trained further often keeps its tokenizer where it came from: look for its base model.',
  );
}

function oneOf(files: readonly ListedFile[], where: string, path: string): ChosenTokenizer {
  const file = files.find((one) => one.path === path);
  if (!file) {
    throw new TokenoscopeError(
      'tokenizer-fetch',
      `${where} has no ${path}. ${whatIsThere(files)}`,
      'Check the spelling and the revision.',
    );
  }
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const name = path.slice(folder.length);
  const pair = WHOLE.find(
    (patterns) => patterns.length > 1 && patterns.some((pattern) => pattern.test(name)),
  );
  const beside = files.filter((one) => {
    const other = one.path.slice(folder.length);
    if (one === file || !isIn(one.path, folder)) return false;
    return SETTINGS.test(other) || (pair?.some((pattern) => pattern.test(other)) ?? false);
  });
  const isGguf = /\.gguf$/i.test(path);
  return { files: isGguf ? [file] : [file, ...beside], isGguf };
}

/** Whether a path lies in a folder itself, not in one below. */
function isIn(path: string, folder: string): boolean {
  return path.startsWith(folder) && !path.slice(folder.length).includes('/');
}

function whatIsThere(files: readonly ListedFile[]): string {
  const names = files.map(({ path }) => path).filter((path) => !/(?:^|\/)(?:\.|README|LICENSE)/i.test(path));
  if (names.length === 0) return 'It is empty.';
  const more = names.length > 6 ? [`${names.length - 6} more`] : [];
  return `It has ${new Intl.ListFormat('en').format([...names.slice(0, 6), ...more])}.`;
}
