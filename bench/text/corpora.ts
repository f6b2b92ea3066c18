import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../src/tokenizers/testing/random';

/** A text to measure on. */
export interface Corpus {
  readonly name: string;
  /** The text for a round, a different one each time, so that caching whole texts or sentences gains nothing. */
  textOf(round: number): string;
  readonly bytes: number;
}

const MIB = 1 << 20;

/** The four texts of the benchmark, out of what is installed anyway: no download, the same every time. */
export function corpora(): Corpus[] {
  return [
    rotated('prose', prose()),
    rotated('TypeScript', typescript()),
    {
      name: 'non-Latin',
      textOf: (round) => cut('non-Latin', nonLatin(round + 1)),
      bytes: MIB,
    },
    {
      name: '100 KiB of one letter',
      textOf: (round) => 'abcdefghijklmnopqrstuvwxyz'.charAt(round % 26).repeat(100 * 1024),
      bytes: 100 * 1024,
    },
  ];
}

/** The same lines each round, beginning with another one. */
function rotated(name: string, parts: Iterable<string>): Corpus {
  const text = cut(name, parts);
  const textOf = (round: number) => {
    const line = text.indexOf('\n', Math.floor(text.length * ((round * 0.37) % 1))) + 1;
    // Joined, not concatenated: V8 would flatten a concatenated string during some library's measured time.
    return [text.slice(line), text.slice(0, line)].join('');
  };
  return { name, textOf, bytes: new TextEncoder().encode(text).length };
}

/** The first MiB. */
function cut(name: string, parts: Iterable<string>): string {
  const encoder = new TextEncoder();
  const texts: string[] = [];
  let bytes = 0;
  for (const part of parts) {
    texts.push(part);
    bytes += encoder.encode(part).length;
    if (bytes >= MIB) break;
  }
  if (bytes < MIB) throw new Error(`Only ${bytes} bytes of ${name} text were found in node_modules.`);
  const whole = encoder.encode(texts.join(''));
  return new TextDecoder().decode(whole.subarray(0, MIB)).replace(/\ufffd$/, '');
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

/** Names from the Unicode CLDR in 24 languages, as lists with punctuation, shuffled. */
function* nonLatin(seed: number): Iterable<string> {
  const random = new Random(seed);
  names ??= namesByLanguage();
  for (;;) {
    const { words: known, gap } = random.pick(names);
    const words = Array.from({ length: 3 + random.below(12) }, () => random.pick(known));
    yield `${words.join(gap)}${random.pick(['.', '。', '!', ',', ''])}\n`;
  }
}

interface Language {
  readonly words: readonly string[];
  readonly gap: string;
}

let names: Language[] | undefined;

function namesByLanguage(): Language[] {
  const languages = 'ru uk bg el he ar fa ur hi bn ta te kn ml th km lo my ka hy am ja zh zh-Hant ko'.split(
    ' ',
  );
  return languages.map((language) => {
    const regions = new Intl.DisplayNames([language], { type: 'region' });
    const tongues = new Intl.DisplayNames([language], { type: 'language' });
    const words: string[] = [];
    for (let a = 65; a <= 90; a++) {
      for (let b = 65; b <= 90; b++) {
        const code = String.fromCharCode(a, b);
        for (const name of [regions.of(code), tongues.of(code.toLowerCase())]) {
          if (name && name.toUpperCase() !== code) words.push(name);
        }
      }
    }
    // Chinese, Japanese, Thai, Khmer, Lao and Burmese run their words together.
    return { words, gap: /^(ja|zh|th|km|lo|my)/.test(language) ? '' : ' ' };
  });
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
