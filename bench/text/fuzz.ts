import { textTokenizers } from '../../src/catalog/tokenizers';
import { nastyText } from '../../src/tokenizers/testing/nasty-text';
import { comparisons } from './fuzz-checks';

/** Which texts to compare, by which comparisons. */
export interface FuzzOptions {
  /** Texts for every comparison. */
  readonly count: number;
  readonly firstSeed: number;
  /** Only comparisons whose names contain this. */
  readonly only?: string;
}

/**
 * Compares this engine with tiktoken and with Hugging Face's library on generated texts.
 * @returns whether they agreed on all
 */
export async function fuzz(options: FuzzOptions, log: (line: string) => void): Promise<boolean> {
  const { count, firstSeed, only = '' } = options;
  const missing = textTokenizers.filter(
    ({ id, oracle }) => oracle.kind !== 'none' && !comparisons.some(({ name }) => name.startsWith(`${id},`)),
  );
  if (missing.length > 0) {
    log(`Not compared with anything: ${missing.map(({ id }) => id).join(', ')}.`);
    return false;
  }
  const chosen = comparisons.filter(({ name }) => name.includes(only));
  if (chosen.length === 0) {
    log(
      `There is no comparison named "${only}". There are:\n${comparisons.map(({ name }) => `  ${name}`).join('\n')}`,
    );
    return false;
  }
  let differences = 0;
  for (const { name, prepare } of chosen) {
    const started = performance.now();
    const check = await prepare();
    let here = 0;
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const text = nastyText(seed);
      const answer = await check(text);
      if (answer === undefined || here++ >= 3) continue;
      log(`  seed ${seed}: ${JSON.stringify(text)}: ${answer}`.slice(0, 600));
    }
    differences += here;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    log(`${name}: ${count} texts, ${here} differences, ${seconds} s`);
  }
  log(`${chosen.length} comparisons of ${count} texts each: ${differences} differences.`);
  return differences === 0;
}
