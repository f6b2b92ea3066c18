import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../src/engine/text/testing/random';

/** A text to measure on. */
export interface Corpus {
  readonly name: string;
  /** The text for a round. Most are the same each time; one that a cache would answer whole is not. */
  textOf(round: number): string;
  readonly bytes: number;
}

const MIB = 1 << 20;

/** The four texts of the benchmark, out of what is installed anyway: no download, the same every time. */
export function corpora(): Corpus[] {
  return [
    corpus('prose', prose()),
    corpus('TypeScript', typescript()),
    corpus('non-Latin', nonLatin()),
    {
      name: '100 KiB of one letter',
      textOf: (round) => 'abcdefghijklmnopqrstuvwxyz'.charAt(round % 26).repeat(100 * 1024),
      bytes: 100 * 1024,
    },
  ];
}

function corpus(name: string, parts: Iterable<string>): Corpus {
  const encoder = new TextEncoder();
  let text = '';
  let bytes = 0;
  for (const part of parts) {
    text += part;
    bytes += encoder.encode(part).length;
    if (bytes >= MIB) break;
  }
  if (bytes < MIB) throw new Error(`Only ${bytes} bytes of ${name} text were found in node_modules.`);
  const cut = new TextDecoder().decode(encoder.encode(text).subarray(0, MIB)).replace(/\ufffd$/, '');
  return { name, textOf: () => cut, bytes: encoder.encode(cut).length };
}

/** Sentences of manuals: Markdown paragraphs, and the comments of Node's and TypeScript's type declarations. */
function* prose(): Iterable<string> {
  for (const file of files('node_modules', /\.d\.ts$/, 60_000)) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const text = /^\s*\* ([A-Z`(].{30,})$/.exec(line)?.[1];
      if (text) yield `${text}\n`;
    }
  }
  for (const file of files('node_modules', /\.md$/, 2_000)) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (/^[A-Za-z].{60,}$/.test(line)) yield `${line}\n`;
    }
  }
}

function* typescript(): Iterable<string> {
  for (const file of files('node_modules', /(?<!\.d)\.ts$/, 3_000)) {
    if (!file.includes('bpeRanks') && !file.includes('locales')) yield readFileSync(file, 'utf8');
  }
}

/** Names from the Unicode CLDR in 24 languages, as lists with punctuation, shuffled with a fixed seed. */
function* nonLatin(): Iterable<string> {
  const random = new Random(1);
  const languages = 'ru uk bg el he ar fa ur hi bn ta te kn ml th km lo my ka hy am ja zh zh-Hant ko'.split(
    ' ',
  );
  const lists = languages.map((language) => {
    const regions = new Intl.DisplayNames([language], { type: 'region' });
    const tongues = new Intl.DisplayNames([language], { type: 'language' });
    const names: string[] = [];
    for (let a = 65; a <= 90; a++) {
      for (let b = 65; b <= 90; b++) {
        const code = String.fromCharCode(a, b);
        for (const name of [regions.of(code), tongues.of(code.toLowerCase())]) {
          if (name && name.toUpperCase() !== code) names.push(name);
        }
      }
    }
    // Chinese, Japanese, Thai, Khmer, Lao and Burmese run their words together.
    return { names, gap: /^(ja|zh|th|km|lo|my)/.test(language) ? '' : ' ' };
  });
  for (;;) {
    const { names, gap } = random.pick(lists);
    const words = Array.from({ length: 3 + random.below(12) }, () => random.pick(names));
    yield `${words.join(gap)}${random.pick(['.', '。', '!', ',', ''])}\n`;
  }
}

/** Files below a folder in a stable order. */
function* files(folder: string, name: RegExp, minimumBytes: number): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path, name, minimumBytes);
    else if (name.test(entry.name) && statSync(path).size >= minimumBytes) yield path;
  }
}
