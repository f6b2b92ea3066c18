import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { TokenoscopeError } from '../core/errors';
import { isTokenizerFileId } from '../core/link/tokenizer-file';
import { type Fingerprint, firstUnexpected, isFingerprint, readFingerprint } from '../core/text/fingerprint';
import type { Tokenizer } from '../core/text/tokens';
import { drain } from '../tokenizers/files/steps';
import { hasListing, listVocabulary } from '../tokenizers/vocabulary-listing';
import { badArguments, defineCommand } from './command';
import { encodingOption, openTokenizerArgument, pathOf, tokenizerOption } from './tokenizer-argument';

/** What became of one fingerprint. */
interface Outcome {
  readonly file: string;
  readonly tokenizer?: string;
  readonly ok: boolean;
  /** Ids that are expected, and how many of them are right from the beginning. */
  readonly expected?: number;
  readonly right?: number;
  /** Null where the fingerprint has no hash. */
  readonly vocabulary?: boolean | null;
  /** What is wrong, in a sentence. */
  readonly problem?: string;
}

/** Checks every fingerprint of a folder; exit code 1 on a difference. */
export const command = defineCommand({
  name: 'check-text',
  summary: 'A folder of fingerprints -> one JSON line each; exit code 1 if a tokenizer gives other ids.',
  options: {
    tokenizer: {
      ...tokenizerOption,
      required: false,
      about: 'checks this one instead of those that the fingerprints name; needed for those of files',
    },
    encoding: encodingOption,
  },
  argument: {
    value: 'DIR',
    about: 'a folder, or one fingerprint; folders within it are searched too',
    missing: 'Name one folder of fingerprints.',
  },
  async run(values, io, dir) {
    const root = pathOf(dir);
    const paths = await jsonFiles(root);
    const given =
      values.tokenizer.length > 0
        ? (await openTokenizerArgument(values.tokenizer, values.encoding)).tokenizer
        : undefined;
    const loaded = new Map<string, Promise<Tokenizer>>();
    const named = (id: string) => {
      const known = loaded.get(id) ?? openTokenizerArgument([id]).then(({ tokenizer }) => tokenizer);
      loaded.set(id, known);
      return known;
    };
    const hashes = new Map<Tokenizer, string | null>();
    let count = 0;
    let failures = 0;
    for (const path of paths) {
      const text = await readFile(path, 'utf8');
      if (!isFingerprint(text.slice(0, 200)) && paths.length > 1) continue;
      count++;
      const file = relative(root, path) || path;
      let outcome: Outcome;
      try {
        outcome = await check(file, readFingerprint(text, file), given, named, hashes);
      } catch (error) {
        if (!(error instanceof TokenoscopeError)) throw error;
        outcome = { file, ok: false, problem: error.message };
      }
      if (!outcome.ok) failures++;
      io.stdout(`${JSON.stringify(outcome)}\n`);
    }
    if (count === 0) throw badArguments(`There is no fingerprint in ${dir}.`);
    io.stderr(
      failures === 0
        ? `${count} of ${count} fingerprints are right.\n`
        : `${failures} of ${count} fingerprints differ.\n`,
    );
    return failures === 0 ? 0 : 1;
  },
});

async function check(
  file: string,
  one: Fingerprint,
  given: Tokenizer | undefined,
  named: (id: string) => Promise<Tokenizer>,
  hashes: Map<Tokenizer, string | null>,
): Promise<Outcome> {
  if (!given && isTokenizerFileId(one.tokenizer)) {
    return { file, ok: false, problem: `It is of the file ${one.name}: name that with --tokenizer.` };
  }
  const tokenizer = given ?? (await named(one.tokenizer));
  const { special, addSpecialTokens } = one;
  const { ids } = tokenizer.encode(one.text, { special, addSpecialTokens });
  const first = firstUnexpected(one.ids, ids);
  let hash = hashes.get(tokenizer);
  if (hash === undefined) {
    hash = hasListing(tokenizer)
      ? createHash('sha256')
          .update(drain(listVocabulary(tokenizer)))
          .digest('hex')
      : null;
    hashes.set(tokenizer, hash);
  }
  const vocabulary = one.vocabulary === null ? null : one.vocabulary === hash;
  const problem =
    first >= 0
      ? `Token ${first + 1}: expected ${one.ids[first] ?? 'no further token'}, got ${ids[first] ?? 'no further token'}.`
      : vocabulary === false
        ? 'The ids are right, but the vocabulary is another one.'
        : undefined;
  return {
    file,
    tokenizer: one.name,
    ok: problem === undefined,
    expected: one.ids.length,
    right: first >= 0 ? first : one.ids.length,
    vocabulary,
    ...(problem === undefined ? {} : { problem }),
  };
}

async function jsonFiles(root: string): Promise<string[]> {
  const found = await stat(root).catch(() => undefined);
  if (!found) throw badArguments(`There is no folder "${root}".`);
  if (!found.isDirectory()) return [root];
  const names = await readdir(root, { recursive: true });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(root, name));
}
