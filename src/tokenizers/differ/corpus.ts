/** A short text that tokenizers tend to disagree about. */
export interface NastyText {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

const family = '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';

/** What two files of one model are run over, beside the visitor's own text. */
export const nastyTexts: readonly NastyText[] = [
  ['plain', 'A plain sentence', 'The quick brown fox jumps over the lazy dog.'],
  ['first-space', 'A leading space', ' hello'],
  ['last-space', 'A trailing space', 'hello '],
  ['spaces', 'Runs of spaces', 'a  b   c    d        e'],
  ['tabs', 'Tabs', '\tif x:\n\t\treturn\ty'],
  ['lines', 'Line ends', 'one\ntwo\r\nthree\n\n\nfour\rfive'],
  ['space-line', 'Spaces before a line end', 'end   \n   begin'],
  ['odd-spaces', 'Other spaces', 'a\u00a0b\u2003c\u3000d\u200be\u202ff'],
  ['digits', 'Digits', '1 12 123 1234 12345 123456 1,234,567.89'],
  [
    'other-digits',
    'Digits of other scripts',
    '\u0661\u0662\u0663 \u0967\u0968\u0969 \uff11\uff12\uff13 \u00bd\u00b2',
  ],
  ['contractions', 'Contractions', "I'm you're he'll WE'VE they'd it's rock'n'roll"],
  ['curly', 'Curly contractions', 'I\u2019m you\u2019re he\u2019ll it\u2019s'],
  ['case', 'Upper and lower case', 'iPhone HTTPServer camelCase SHOUTING \u0130stanbul \u1e9e'],
  ['accents', 'Composed accents', 'caf\u00e9 na\u00efve \u00c5ngstr\u00f6m'],
  ['combining', 'Combining accents', 'cafe\u0301 nai\u0308ve A\u030angstro\u0308m'],
  ['stacked', 'Stacked marks', 'Z\u0351\u036b\u0343a\u0322\u0321l\u0348\u0353g\u0340o\u031b'],
  ['compatibility', 'Compatibility forms', '\ufb01ne \u2460 \u33a5 \uff21\uff22\uff23 \u2122 \u212b'],
  ['emoji', 'Emoji', '\u{1f600} \u{1f44d}\u{1f3fd} \u2764\ufe0f 1\ufe0f\u20e3'],
  ['families', 'Emoji families and flags', `${family} \u{1f1eb}\u{1f1f7}\u{1f1ef}\u{1f1f5}`],
  ['chinese', 'Chinese', '\u4eca\u5929\u5929\u6c14\u5f88\u597d\uff0c\u6211\u4eec\u53bb\u516c\u56ed\u3002'],
  [
    'japanese',
    'Japanese',
    '\u6771\u4eac\u306f\u65e5\u672c\u306e\u9996\u90fd\u3067\u3059\u3002\u30b3\u30fc\u30d2\u30fc',
  ],
  ['korean', 'Korean', '\uc548\ub155\ud558\uc138\uc694 \ubc18\uac11\uc2b5\ub2c8\ub2e4'],
  ['jamo', 'Korean in parts', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
  ['rare', 'Rare characters', '\u{20000}\u{2a6d6} \u{1d4af}\u{1d4c0} \u{10400}'],
  [
    'arabic',
    'Arabic and Hebrew',
    '\u0645\u0631\u062d\u0628\u0627 \u0628\u0643\u0645 \u05e9\u05dc\u05d5\u05dd',
  ],
  ['hindi', 'Devanagari', '\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e'],
  ['thai', 'Thai', '\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e0a\u0e32\u0e27\u0e42\u0e25\u0e01'],
  [
    'cyrillic',
    'Cyrillic and Greek',
    '\u041f\u0440\u0438\u0432\u0435\u0442 \u043c\u0438\u0440 \u03b1\u03b2\u03b3',
  ],
  ['punctuation', 'Punctuation', '...!?--- (a)[b]{c} "d" `e` #f @g $h% &i* ~/j_k'],
  ['code', 'Code', 'def f(x):\n    return {"a": [1, 2]}  # ok\n'],
  ['url', 'An address', 'https://example.org/a/b?c=d&e=%20f#g'],
  ['bos', 'Angle-bracket tokens', '<s>hello</s> <bos> <unk> <pad>'],
  ['end-of-text', 'End-of-text tokens', 'a<|endoftext|>b <|im_start|>user<|im_end|>'],
  ['brackets', 'Bracket tokens', '[CLS] hello [SEP] [MASK] [UNK] [PAD]'],
  ['tools', 'Tags of tools', '<tool_call>{"a": 1}</tool_call> <think>hm</think>'],
  ['spiece', 'The word mark of SentencePiece', 'a\u2581b \u2581 \u0120c'],
  ['byte-names', 'Names of bytes', '<0x0A> <0xE2>'],
  ['bom', 'A byte-order mark', '\ufeffhello'],
  ['controls', 'Control characters', 'a\u0000b\u0001c\u0007d\u001be\u007ff\u0085g'],
  ['replacement', 'Replacement characters', 'a\ufffdb \ufffe'],
  ['invisible', 'Invisible characters', 'a\u200db\u200cc\u00add\u2060e'],
  ['repeats', 'One letter, many times', 'a'.repeat(100)],
].map(([id, label, text]) => ({ id: id!, label: label!, text: text! }));
