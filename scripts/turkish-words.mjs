// Compiles the lists of the Turkish experiment from the npm package dictionary-tr 2.0.0 (MIT, Harun Reşit Zafer):
//   npm pack dictionary-tr@2.0.0 && tar xzf dictionary-tr-2.0.0.tgz
//   node scripts/turkish-words.mjs package
// What a root and what an ending is here: src/experiments/turkish/data/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** Affix rules that an entry takes, at least, to be a root. */
const RULES = 10;
/** Entries up to this length are roots anyway. */
const SHORT = 4;
/** Entries up to this length that take no rule are roots where nothing explains them. */
const PARTICLE = 6;
/** Roots that an ending follows, at least, where it is no suffix of the affix file. */
const FOLLOWED = 100;

const [folder = 'package'] = process.argv.slice(2);
const lower = /^[\p{Ll}]+$/u;
const FRONT = /[eiöüêî]/;
const VOWEL = /[aıoueiöüâûêî]/;
const SOFT = { ğ: 'k', b: 'p', c: 'ç', d: 't' };

/** Vowel harmony: the last vowel of a stem and the first one of an ending are both front or both back. */
function agree(stem, ending) {
  const last = [...stem].findLast((letter) => VOWEL.test(letter));
  const first = [...ending].find((letter) => VOWEL.test(letter));
  return !last || !first || FRONT.test(last) === FRONT.test(first);
}

const entries = new Map();
for (const line of readFileSync(`${folder}/index.dic`, 'utf8').split('\n').slice(1)) {
  const [word, rules] = line.trim().split('/');
  if (lower.test(word)) entries.set(word, rules ? rules.split(',').length : 0);
}
const suffixes = new Set();
for (const line of readFileSync(`${folder}/index.aff`, 'utf8').split('\n')) {
  const rule = line.match(/^SFX \d+ (\S+) (\S+) \S+$/);
  if (rule && lower.test(rule[2])) suffixes.add(rule[2]);
}

const rich = new Set([...entries].filter(([, rules]) => rules >= RULES).map(([word]) => word));
const roots = new Set([...rich, ...[...entries.keys()].filter((word) => word.length <= SHORT)]);
const followed = new Map();
for (const word of entries.keys()) {
  for (let at = 2; at < word.length; at++) {
    const ending = word.slice(at);
    if (rich.has(word.slice(0, at)) && agree(word.slice(0, at), ending)) {
      followed.set(ending, (followed.get(ending) ?? 0) + 1);
    }
  }
}
const endings = new Set([
  ...suffixes,
  ...[...followed].filter(([, count]) => count >= FOLLOWED).map(([s]) => s),
]);

/** Whether the lists explain a word: a root and an ending, the root's last consonant perhaps softened. */
function isMade(word) {
  for (let at = 2; at < word.length; at++) {
    const [stem, ending] = [word.slice(0, at), word.slice(at)];
    if (!endings.has(ending) || !agree(stem, ending)) continue;
    const hard = SOFT[stem.at(-1)];
    if (roots.has(stem) || (hard && VOWEL.test(ending[0]) && roots.has(stem.slice(0, -1) + hard)))
      return true;
  }
  return false;
}
// Short entries that take no rule and that nothing explains: particles and the like.
const loose = [...entries].filter(
  ([word, rules]) => rules === 0 && word.length <= PARTICLE && !roots.has(word) && !isMade(word),
);
for (const [word] of loose) roots.add(word);

/** Each word as the number of letters that it shares with the one before it (base 36), and its other letters. */
function frontCoded(words) {
  let before = '';
  return [...words]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((word) => {
      let same = 0;
      while (same < 35 && same < before.length && word[same] === before[same]) same++;
      before = word;
      return same.toString(36) + word.slice(same);
    })
    .join('\n');
}
const packed = gzipSync(`${frontCoded(roots)}\n\n${frontCoded(endings)}\n`, { level: 9 });
writeFileSync(new URL('../src/experiments/turkish/data/words.pack', import.meta.url), packed);
console.log(
  `${roots.size} roots (${loose.length} of them particles), ${endings.size} endings, ${packed.length} bytes`,
);
