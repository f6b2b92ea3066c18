/** Scripts that are told apart (Unicode's `Script` property); all others are one. */
const SCRIPTS = [
  'Latin',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Tibetan',
  'Myanmar',
  'Khmer',
  'Georgian',
  'Armenian',
  'Ethiopic',
  'Mongolian',
  'Syriac',
  'Thaana',
  'Tifinagh',
  'Nko',
  'Vai',
  'Adlam',
  'Cherokee',
  'Canadian_Aboriginal',
  'Chakma',
  'Javanese',
  'Tai_Viet',
  'Yi',
  'Bopomofo',
  'Runic',
  'Gothic',
  'Coptic',
  'Braille',
] as const;

/** What belongs to no script: digits, punctuation, spaces, emoji. */
export const NO_SCRIPT = 'No script';

/** A script that is not told apart. */
export const OTHER_SCRIPT = 'Another script';

/** Returns the script of a code point: its name in Unicode, `NO_SCRIPT`, or 'Another script'. It remembers answers. */
export function scriptFinder(): (codePoint: number) => string {
  const tests = SCRIPTS.map(
    (name) => [name.replace('_', ' '), new RegExp(`^\\p{Script=${name}}`, 'u')] as const,
  );
  const none = /^[\p{Script=Common}\p{Script=Inherited}\p{Script=Unknown}]/u;
  const known = new Map<number, string>();
  return (codePoint) => {
    const answer = known.get(codePoint);
    if (answer !== undefined) return answer;
    const character = String.fromCodePoint(codePoint);
    const script = none.test(character)
      ? NO_SCRIPT
      : (tests.find(([, test]) => test.test(character))?.[0] ?? OTHER_SCRIPT);
    known.set(codePoint, script);
    return script;
  };
}
