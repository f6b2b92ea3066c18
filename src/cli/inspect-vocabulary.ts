import { originOf } from '../tokenizers/inspection/origins';
import { bytesOf, hasVocabulary, PRESENT, tabulate } from '../tokenizers/inspection/vocabulary-table';
import { badArguments, defineCommand, flag } from './command';
import { PROGRAM } from './program';
import { encodingOption, openTokenizerArgument, tokenizerOption } from './tokenizer-argument';

/** How each token of a vocabulary comes out of texts, as the page's Vocabulary pane shows it. */
export const command = defineCommand({
  name: 'inspect-vocabulary',
  summary:
    'A vocabulary -> one JSON line a token: {"id","name","bytes","script","origin","tried"}, and a text that gives it.',
  options: {
    tokenizer: tokenizerOption,
    encoding: encodingOption,
    unreached: flag('only the tokens that no text gave'),
  },
  details: `"origin" is what is known: text (its own text gives it), context ("witness" gives it), special (where special
tokens are parsed); proved that no text gives it: merges, bytes, character; untraced (none of "tried" texts gave it,
which is no proof).

  ${PROGRAM} inspect-vocabulary --tokenizer gpt2 --unreached`,
  async run(values, io) {
    const { tokenizer, notes } = await openTokenizerArgument(values.tokenizer, values.encoding);
    for (const note of notes) io.stderr(`${note}\n`);
    if (!hasVocabulary(tokenizer))
      throw badArguments('This tokenizer has no vocabulary: ids are made from the text.');
    const steps = tabulate(tokenizer);
    let step = steps.next();
    while (!step.done) step = steps.next();
    const table = step.value;
    for (let id = 0; id < table.size; id++) {
      if ((table.flags[id]! & PRESENT) === 0) continue;
      const { origin, tried, witness } = originOf(tokenizer, table, id);
      if (values.unreached && (origin === 'text' || origin === 'context' || origin === 'special')) continue;
      const line = {
        id,
        name: tokenizer.token(id)?.name,
        bytes: Buffer.from(bytesOf(table, id)).toString('hex'),
        script: table.scriptNames[table.scripts[id]!],
        ...{ origin, tried, witness },
      };
      io.stdout(`${JSON.stringify(line)}\n`);
    }
    return 0;
  },
});
