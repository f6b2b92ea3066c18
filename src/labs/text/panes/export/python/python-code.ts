import type { PythonLibrary } from './library';
import { pythonList, pythonString } from './literal';

/** What the code reproduces. */
export interface PythonSubject {
  /** Of the tokenizer. */
  readonly label: string;
  readonly library: PythonLibrary;
  /** Well-formed. Null where it is too long for a literal: the code then reads it from text.txt. */
  readonly text: string | null;
  readonly ids: ArrayLike<number>;
  /** Lower-case hex sha256 of the ids, joined by commas, for lists too long to be written down. */
  readonly idsHash?: string | undefined;
  /** This program and its version. */
  readonly madeBy: string;
}

/** Longest text that is written into code, in UTF-16 units. */
export const TEXT_LIMIT = 16_000;

/** The most ids that are written into code. */
export const IDS_LIMIT = 8_000;

/** Python that makes the same ids of the same text, and checks them. Special tokens in the text count as text. */
export function pythonCode({ label, library, text, ids, idsHash, madeBy }: PythonSubject): string {
  const { install, imports, encode } = partsOf(library);
  const isListed = ids.length <= IDS_LIMIT;
  const standard = [...imports.standard, ...(isListed ? [] : ['import hashlib'])].sort();
  const importLines = [standard, imports.installed]
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'));
  const parts = [
    `# ${oneLine(label)}: ${ids.length} tokens. Made by ${madeBy}.${install ? `\n# pip install ${install}` : ''}`,
    ...importLines,
    text === null
      ? 'with open("text.txt", encoding="utf-8", newline="") as file:\n    text = file.read()'
      : `text = ${pythonString(text)}`,
    encode,
    isListed
      ? `assert ids == ${pythonList(ids)}, ids`
      : [
          `assert len(ids) == ${ids.length}, len(ids)`,
          ...(idsHash === undefined
            ? []
            : [
                `digest = hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()`,
                `assert digest == "${idsHash}", digest`,
              ]),
        ].join('\n'),
    'print(ids)',
  ];
  return `${parts.join('\n\n')}\n`;
}

interface Parts {
  /** For pip; empty where nothing is installed. */
  readonly install: string;
  readonly imports: { readonly standard: readonly string[]; readonly installed: readonly string[] };
  /** Lines that make `ids` of `text`. */
  readonly encode: string;
}

const ENCODE = [
  '# Nothing is cut off, filled up or added, and special tokens in the text are text.',
  'tokenizer.no_truncation()',
  'tokenizer.no_padding()',
  'tokenizer.encode_special_tokens = True',
  'ids = tokenizer.encode(text, add_special_tokens=False).ids',
].join('\n');

function partsOf(library: PythonLibrary): Parts {
  const needs = (install: string, installed: string, encode: string, standard: string[] = []): Parts => ({
    install,
    imports: { standard, installed: [installed] },
    encode,
  });
  switch (library.kind) {
    case 'tiktoken':
      return needs(
        'tiktoken',
        'import tiktoken',
        `encoding = tiktoken.get_encoding(${pythonString(library.encoding)})\nids = encoding.encode_ordinary(text)`,
      );
    case 'hub': {
      const note = library.gated
        ? '# Its terms must be accepted at huggingface.co first, and a token be set.\n'
        : '';
      const load = `tokenizer = Tokenizer.from_pretrained(${pythonString(library.repository)})`;
      return needs('tokenizers', 'from tokenizers import Tokenizer', `${note}${load}\n${ENCODE}`);
    }
    case 'tokenizer.json': {
      const load = `tokenizer = Tokenizer.from_file(${pythonString(library.file)})`;
      return needs('tokenizers', 'from tokenizers import Tokenizer', `${load}\n${ENCODE}`);
    }
    case 'pair':
      return needs(
        'tokenizers',
        'from tokenizers import ByteLevelBPETokenizer',
        '# As GPT-2 and RoBERTa read such a pair.\n' +
          'tokenizer = ByteLevelBPETokenizer("vocab.json", "merges.txt")\n' +
          'ids = tokenizer.encode(text, add_special_tokens=False).ids',
      );
    case 'sentencepiece':
      return needs(
        'sentencepiece',
        'import sentencepiece',
        `processor = sentencepiece.SentencePieceProcessor(model_file=${pythonString(library.file)})\nids = processor.encode(text)`,
      );
    case 'tiktoken-file':
      return tiktokenFile(library);
    case 'plain':
      return { install: '', imports: PLAIN_IMPORTS[library.what], encode: PLAIN[library.what] };
  }
}

function tiktokenFile({
  file,
  pattern,
  normalizer,
}: PythonLibrary & { readonly kind: 'tiktoken-file' }): Parts {
  const text = normalizer ? `unicodedata.normalize("${normalizer}", text)` : 'text';
  return {
    install: 'tiktoken',
    imports: {
      standard: ['import base64', ...(normalizer ? ['import unicodedata'] : [])],
      installed: ['import tiktoken'],
    },
    // tiktoken's own reader keeps a file under its path, and would take an older one of the same name.
    encode: [
      `with open(${pythonString(file)}, "rb") as file:`,
      '    lines = [line.split() for line in file if line.strip()]',
      'encoding = tiktoken.Encoding(',
      `    ${pythonString(file)},`,
      `    pat_str=${pythonString(pattern)},`,
      '    mergeable_ranks={base64.b64decode(token): int(rank) for token, rank in lines},',
      '    special_tokens={},',
      ')',
      `ids = encoding.encode_ordinary(${text})`,
    ].join('\n'),
  };
}

const NONE = { standard: [], installed: [] } as const;
const PLAIN_IMPORTS = {
  'utf8-bytes': NONE,
  characters: NONE,
  words: { standard: ['import re'], installed: [] },
} as const;

const PLAIN = {
  'utf8-bytes': '# Every UTF-8 byte is its own id.\nids = list(text.encode("utf-8"))',
  characters: '# Every Unicode code point is its own id.\nids = [ord(character) for character in text]',
  words: String.raw`
# A word, with the white space before it, has the 32-bit FNV-1a hash of its UTF-8 as its id;
# a second word with the same hash has the next free one.
SPACE = r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
WORD = re.compile(f"{SPACE}*(?:(?!{SPACE}).)+|{SPACE}+", re.DOTALL)


def fnv1a(data):
    value = 0x811C9DC5
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


known, taken, ids = {}, set(), []
for word in WORD.findall(text):
    if word not in known:
        value = fnv1a(word.encode("utf-8"))
        while value in taken:
            value = (value + 1) & 0xFFFFFFFF
        taken.add(value)
        known[word] = value
    ids.append(known[word])`.trim(),
} as const;

function oneLine(label: string): string {
  return label.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
}
