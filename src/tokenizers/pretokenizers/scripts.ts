import type { AlignedText } from '../aligned-text';

const scripts = new Map<number, string>();

/** Scripts with their names in Unicode; Hiragana and Katakana count as Han, as in Hugging Face. */
const NAMES =
  'Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee Common Coptic Cuneiform Cypriot Cyrillic Deseret Devanagari Duployan Egyptian_Hieroglyphs Elbasan Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kayah_Li Kharoshthi Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani Malayalam Mandaic Manichaean Marchen Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean New_Tai_Lue Newa Nko Ogham Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian Old_South_Arabian Old_Turkic Oriya Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sora_Sompeng Sundanese Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Ugaritic Vai Warang_Citi Yi'.split(
    ' ',
  );
let patterns: [string, RegExp][] | undefined;

function scriptOf(point: number): string {
  // Spaces and unassigned characters belong to their neighbours, and U+30FC to Japanese.
  if (point === 0x20) return 'Any';
  if (point === 0x30fc) return 'Han';
  let script = scripts.get(point);
  if (script === undefined) {
    patterns ??= NAMES.map((name) => [name, new RegExp(`^\\p{Script=${name}}$`, 'u')]);
    const character = String.fromCodePoint(point);
    const name = patterns.find(([, pattern]) => pattern.test(character))?.[0] ?? 'Any';
    script = name === 'Hiragana' || name === 'Katakana' ? 'Han' : name;
    scripts.set(point, script);
  }
  return script;
}

/** Splits where the script changes. Spaces before the first script are dropped, as in Hugging Face. */
export function splitByScript(text: AlignedText): AlignedText[] {
  const cuts: number[] = [];
  let last = '';
  for (let i = 0; i < text.length; i++) {
    const script = scriptOf(text.points[i]!);
    if (script === 'Any' || script === last) continue;
    cuts.push(i);
    last = script;
  }
  return cuts.map((from, i) => text.slice(from, cuts[i + 1] ?? text.length));
}
