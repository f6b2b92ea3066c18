import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Writes src/tokenizers/pretokenizers/unicode-classes.data.ts: the character classes that pre-tokenizers tell
 * apart, fixed to the Unicode version of tiktoken's regular expressions (16.0), so that a text is split the same
 * in every browser, old or new. Obtained from tiktoken itself, one class at a time.
 * Run by hand after an update of tiktoken: node scripts/vocabularies/unicode-classes.mjs
 */
const { Tiktoken } = createRequire(import.meta.url)('tiktoken');

const classes = ['', '[\\p{Lu}\\p{Lt}]', '\\p{Ll}', '[\\p{Lm}\\p{Lo}]', '\\p{M}', '\\p{N}', '\\s'];
const ranks = `! 0 ${Array.from({ length: 256 }, (_, byte) => Buffer.from([byte]).toString('base64')).join(' ')}`;

let every = '';
for (let point = 0; point < 0x110000; point++) {
  if (point < 0xd800 || point > 0xdfff) every += String.fromCodePoint(point);
}

const table = new Uint8Array(0x110000);
classes.forEach((pattern, index) => {
  if (!pattern) return;
  const encoding = new Tiktoken(ranks, {}, pattern);
  // Every byte is a token, and what the pattern does not match is dropped: the answer is the class itself.
  const members = Buffer.from(encoding.encode_ordinary(every)).toString('utf8');
  for (const member of members) table[member.codePointAt(0)] = index;
  encoding.free();
});

// Runs: class in the upper 3 bits, length - 1 in the lower 5; 31 means that the rest follows, 7 bits a byte.
const runs = [];
for (let start = 0; start < table.length; ) {
  let end = start + 1;
  while (end < table.length && table[end] === table[start]) end++;
  let length = end - start - 1;
  runs.push((table[start] << 5) | Math.min(length, 31));
  if (length >= 31) {
    for (length -= 31; length >= 128; length = Math.floor(length / 128)) runs.push((length % 128) | 128);
    runs.push(length);
  }
  start = end;
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const file = join(root, 'src', 'engine', 'text', 'pretokenizers', 'unicode-classes.data.ts');
const packed = Buffer.from(runs)
  .toString('base64')
  .match(/.{1,100}/g);
writeFileSync(
  file,
  `// Written by scripts/vocabularies/unicode-classes.mjs; Unicode 16.0. Do not edit.
export const UNICODE_CLASS_RUNS =
${packed.map((line) => `  '${line}'`).join(' +\n')};
`,
);
console.log(`${runs.length} bytes of runs`);
