import type { Tokenizer } from '../core/text/tokens';
import { decodeUtf8 } from '../core/text/utf8';
import { compareBy, differ } from '../tokenizers/differ/differ';
import type { Side } from '../tokenizers/differ/explain';
import { drain } from '../tokenizers/files/steps';
import { compareListings, hasListing, listVocabulary } from '../tokenizers/vocabulary-listing';
import { defineCommand, flag } from './command';
import { specialOption } from './special-argument';
import { openTokenizerArgument } from './tokenizer-argument';

/** Whether two tokenizers are the same; exit code 1 where they differ. */
export const command = defineCommand({
  name: 'differ',
  summary: 'Two tokenizers -> where they differ and the likely reasons, as JSON; exit code 1 if they do.',
  options: {
    special: specialOption,
    'add-special-tokens': flag('adds what each puts around a text'),
    stdin: flag('compares on the text on standard input too, first'),
  },
  argument: {
    value: 'A B',
    about: 'ids of the page, files or folders, as for --tokenizer of encode-text',
    missing: 'Name two tokenizers.',
    count: 2,
  },
  async run(values, io, first, second = '') {
    const [a, b] = [await openTokenizerArgument([first]), await openTokenizerArgument([second])];
    for (const note of [...a.notes, ...b.notes]) io.stderr(`${note}\n`);
    const vocabulary =
      hasListing(a.tokenizer) && hasListing(b.tokenizer)
        ? compareListings(drain(listVocabulary(a.tokenizer)), drain(listVocabulary(b.tokenizer)))
        : null;
    const by = vocabulary ? compareBy(vocabulary) : 'cuts';
    const own = values.stdin ? decodeUtf8(await io.stdin()) : '';
    const options = { special: values.special, addSpecialTokens: values['add-special-tokens'] };
    const { texts } = await differ(sideOf(a.tokenizer), sideOf(b.tokenizer), by, own, options);
    const differences = texts.flatMap(({ label, text, difference }) => {
      if (!difference) return [];
      const { parting, shortest, likely } = difference;
      const words = likely.words.replaceAll('{first}', first).replaceAll('{second}', second);
      return [{ label, text, start: parting.start, end: parting.end, shortest, likely: likely.kind, words }];
    });
    const isSame =
      differences.length === 0 &&
      (vocabulary === null || vocabulary.moved + vocabulary.onlyFirst + vocabulary.onlySecond === 0);
    const examples = vocabulary?.examples.map((one) => ({ ...one, bytes: decodeUtf8(one.bytes) }));
    io.stdout(
      `${JSON.stringify({
        same: isSame,
        comparedBy: by,
        texts: texts.length,
        differing: differences.length,
        differences,
        vocabulary: vocabulary && { ...vocabulary, examples },
      })}\n`,
    );
    return differences.length > 0 ? 1 : 0;
  },
});

function sideOf(tokenizer: Tokenizer): Side {
  return {
    encode: async (texts, options) => texts.map((text) => tokenizer.encode(text, options)),
    find: async (tokens) => tokens.map((bytes) => tokenizer.idsOf(bytes)[0]),
  };
}
