import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { TokenoscopeError } from '../core/errors';
import { drain } from '../tokenizers/files/steps';
import { Corpus } from '../tokenizers/train/corpus';
import { DEFAULT_PATTERN } from '../tokenizers/train/defaults';
import { type TrainSettings, trainSettings } from '../tokenizers/train/settings';
import { trainTokenizer } from '../tokenizers/train/train';
import { badArguments, defineCommand, flag, optional, repeated, required, wholeNumber } from './command';
import { PROGRAM } from './program';

const KINDS = ['bpe', 'superbpe', 'unigram', 'wordpiece', 'lib'] as const;

/** A tokenizer, learned from text files. */
export const command = defineCommand({
  name: 'train-text',
  summary: 'Text files -> a tokenizer learned from them, as a tokenizer.json.',
  options: {
    kind: required(KINDS.join('|'), 'what to train', 'Say what to train with --kind.', (text, name) => {
      const kind = KINDS.find((each) => each === text);
      if (!kind) throw badArguments(`${name} takes ${KINDS.join(', ')}, not "${text}".`);
      return kind;
    }),
    out: required('FILE', 'the file to write', 'Name the file to write with --out.'),
    vocab: optional('N', 'tokens of the vocabulary; not for lib, whose lexicon finds its own size', number),
    transition: optional(
      'N',
      'superbpe: the size at which merges begin to cross words; by default 80 %',
      number,
    ),
    'min-frequency': optional('N', 'bpe, superbpe, wordpiece: least count of a pair; by default 2', number),
    pattern: optional('REGEX', 'bpe, superbpe: how texts are divided; by default as o200k'),
    special: repeated('TOKEN', 'a special token; several may be given, in the order of their ids'),
    cased: flag('wordpiece: capitals and accents stay'),
    steps: optional('N', 'lib: steps of reading; by default 500', number),
    seed: optional('N', 'lib: which pairs are memorized; by default 0', number),
  },
  argument: {
    value: 'FILES',
    about: 'texts in UTF-8',
    missing: 'Name at least one text file.',
    count: 'several',
  },
  details: `bpe is byte-level and equals the official trainer's (Hugging Face tokenizers) on the same files, settings and pattern.
unigram and wordpiece write what that library reads; lib writes a lexicon.json, which the text lab reads.

  ${PROGRAM} train-text --kind bpe --vocab 32000 --out tokenizer.json books/*.txt`,
  async run({ kind, out, ...given }, io, ...files) {
    if (kind !== 'lib' && given.vocab === undefined) throw badArguments('Say how many tokens with --vocab.');
    const settings = settingsOf({
      kind,
      ...(given.vocab === undefined ? {} : { vocabularySize: given.vocab }),
      ...(given.transition === undefined ? {} : { transition: given.transition }),
      ...(given['min-frequency'] === undefined ? {} : { minFrequency: given['min-frequency'] }),
      ...(given.pattern === undefined ? {} : { pattern: given.pattern }),
      ...(given.special.length === 0 ? {} : { special: given.special }),
      ...(given.cased ? { lowercase: false } : {}),
      ...(given.steps === undefined ? {} : { steps: given.steps }),
      ...(given.seed === undefined ? {} : { seed: given.seed }),
    });
    const corpus = corpusOf(settings);
    for (const file of files) await addFile(corpus, file);
    const { json, vocabulary, tokens } = drain(trainTokenizer(corpus, settings));
    await writeFile(out, `${JSON.stringify(json)}\n`);
    io.stdout(`${JSON.stringify({ kind, vocabulary, bytes: corpus.bytes, tokens, out })}\n`);
    return 0;
  },
});

function settingsOf(given: object): TrainSettings {
  const read = v.safeParse(trainSettings, given);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw badArguments(`${v.getDotPath(issue) ?? 'settings'}: ${issue.message}`);
}

function corpusOf(settings: TrainSettings): Corpus {
  try {
    return new Corpus(settings);
  } catch (error) {
    const pattern = 'pattern' in settings ? settings.pattern : undefined;
    throw badArguments(
      `--pattern "${pattern ?? DEFAULT_PATTERN}" is not understood: ${(error as Error).message}`,
    );
  }
}

/** Reads a file in slices that end where lines end. */
async function addFile(corpus: Corpus, file: string): Promise<void> {
  let rest = '';
  try {
    for await (const piece of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
      const text = rest + (piece as string);
      const end = text.lastIndexOf('\n') + 1;
      corpus.add(text.slice(0, end));
      rest = text.slice(end);
    }
  } catch (error) {
    throw new TokenoscopeError('file-unreadable', `${file} cannot be read: ${(error as Error).message}`);
  }
  if (rest !== '') corpus.add(rest);
}

function number(text: string, name: string): number {
  const value = wholeNumber(text, 0);
  if (value === undefined) throw badArguments(`${name} takes a whole number, not "${text}".`);
  return value;
}
