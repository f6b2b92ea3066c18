import { decodeUtf8 } from '../../core/text/utf8';
import { isAddedTokens, keysOf, RECOGNITION_BYTES } from './recognise-tokenizer';

/** A kind of file that is no tokenizer, or none that is read here. */
export interface FileKind {
  /** What it is, as in "x is ...". */
  readonly what: string;
  /** What to do instead. */
  readonly hint: string;
  /** Whether somebody may want to see it as a text. */
  readonly isText: boolean;
  /** Whether it lies beside tokenizers in models' folders. */
  readonly isBeside: boolean;
  /** Whether it is markup: a fault only where a tokenizer was meant. */
  readonly isMarkup: boolean;
}

/** The beginning of a file, in the forms that recognisers ask for. */
class Beginning {
  readonly #bytes: Uint8Array;
  readonly name: string;
  #text: string | undefined;
  #keys: ReadonlySet<string> | undefined;

  constructor(bytes: Uint8Array, name: string) {
    this.#bytes = bytes.subarray(0, RECOGNITION_BYTES);
    this.name = name;
  }

  /** Latin-1, so that `\xff` stands for a byte. */
  has(magic: string, at = 0): boolean {
    for (let i = 0; i < magic.length; i++) if (this.#bytes[at + i] !== magic.charCodeAt(i)) return false;
    return true;
  }

  byte(at: number): number {
    return this.#bytes[at] ?? 0;
  }

  get text(): string {
    this.#text ??= decodeUtf8(this.#bytes).replace(/^\ufeff/, '');
    return this.#text;
  }

  get lines(): readonly string[] {
    const lines = this.text.split(/\r?\n/);
    // The last one may be cut.
    return lines.length > 1 ? lines.slice(0, -1) : lines;
  }

  get isJson(): boolean {
    return /^\s*\{/.test(this.text);
  }

  /** Whether one of these is among the object's own keys. */
  hasKey(...keys: readonly string[]): boolean {
    this.#keys ??= keysOf(this.text);
    return keys.some((key) => this.#keys?.has(key));
  }

  /** The object, where all of it is here. */
  get whole(): Readonly<Record<string, unknown>> | undefined {
    try {
      const value: unknown = JSON.parse(this.text);
      return value instanceof Object && !Array.isArray(value) ? { ...value } : undefined;
    } catch {
      return undefined;
    }
  }
}

type Test = (file: Beginning) => boolean;
type Row = readonly [test: Test, what: string, hint: string];

const UNPACK = 'Unpack it first.';
const TOKENIZER_JSON = "Give the model's tokenizer.json instead.";
const OF_IMAGES = `${TOKENIZER_JSON} Checkpoints of image tokenizers open in the image lab.`;
const PICTURE = 'Pictures open in the image lab.';
const TOKENIZER_FILE = 'Give a tokenizer file.';
const LIES_BESIDE = 'Give the tokenizer.json that lies beside it.';

const magic =
  (...starts: readonly string[]): Test =>
  (file) =>
    starts.some((start) => file.has(start));
const json =
  (test: Test): Test =>
  (file) =>
    file.isJson && test(file);

const PACKED: readonly Row[] = [
  [magic('\x1f\x8b'), 'packed with gzip', UNPACK],
  [
    (file) => file.has('PK\x03\x04') && !isNamedWeights(file),
    'a zip archive, as PyTorch weights are too',
    'Unpack it, and give the tokenizer in it.',
  ],
  [magic('\x28\xb5\x2f\xfd'), 'packed with Zstandard', UNPACK],
  [magic('\xfd7zXZ'), 'packed with xz', UNPACK],
  [(file) => file.has('BZh') && file.has('1AY&SY', 4), 'packed with bzip2', UNPACK],
  [magic('7z\xbc\xaf'), 'a 7-Zip archive', UNPACK],
  [(file) => file.has('ustar', 257), 'a tar archive', 'Unpack it, and give the tokenizer in it.'],
];

const WEIGHTS: readonly Row[] = [
  [magic('PK\x03\x04'), "a model's weights (PyTorch)", OF_IMAGES],
  [
    // A text may begin with these letters; a version follows here.
    (file) => ['lmgg', 'tjgg'].some((start) => file.has(start) && file.byte(4) < 0x20),
    "a model's weights in the form before GGUF",
    `Convert it to GGUF with llama.cpp. Or: ${TOKENIZER_JSON}`,
  ],
  [isSafetensors, "a model's weights (safetensors)", OF_IMAGES],
  [
    magic('\x80\x02', '\x80\x03', '\x80\x04', '\x80\x05'),
    'a Python pickle, as PyTorch weights are too',
    TOKENIZER_JSON,
  ],
  [magic('\x89HDF'), "a model's weights (HDF5)", TOKENIZER_JSON],
  [(file) => file.has('TFL3', 4), "a model's weights (TensorFlow Lite)", TOKENIZER_JSON],
  [isOnnx, 'a model (ONNX)', TOKENIZER_JSON],
  [magic('\x93NUMPY'), 'a NumPy array', TOKENIZER_JSON],
  [
    isBrokenGguf,
    'not a GGUF file, whatever its name says: it does not begin as one',
    `Download it again; the tokenizer in a GGUF file is read. Or: ${TOKENIZER_JSON}`,
  ],
  [
    (file) => /\.(?:safetensors|onnx|pth?|ckpt)$/i.test(file.name),
    "a model's weights, by its name",
    OF_IMAGES,
  ],
];

const PICTURES: readonly Row[] = [
  [magic('\x89PNG'), 'a picture (PNG)', PICTURE],
  [magic('\xff\xd8\xff'), 'a picture (JPEG)', PICTURE],
  [(file) => file.has('RIFF') && file.has('WEBP', 8), 'a picture (WebP)', PICTURE],
  [magic('%PDF-'), 'a PDF document', TOKENIZER_FILE],
];

/** What version control puts in the place of a large file. */
const POINTERS: readonly Row[] = [
  [
    (file) => file.text.startsWith('version https://git-lfs.'),
    'a Git LFS pointer, not the file itself',
    'Run "git lfs pull", or download the file itself.',
  ],
];

const MARKUP: readonly Row[] = [
  [
    (file) =>
      /^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype html|html|head|body)\b/i.test(file.text.slice(0, 1024)),
    'an HTML page, as sites send instead of a file that needs a sign-in',
    'Open the page in the browser, sign in where it asks you to, and download the file itself.',
  ],
  [(file) => /^\s*<(?:\?xml|[a-z])/i.test(file.text.slice(0, 1024)), 'an XML file', TOKENIZER_FILE],
];

/** Vocabularies in forms that are not read here. */
const VOCABULARIES: readonly Row[] = [
  [
    json((file) => file.hasKey('bpe_ranks') && file.hasKey('pat_str')),
    "an encoding of OpenAI's JavaScript packages",
    'Give the .tiktoken file of this encoding instead.',
  ],
  [
    isListOfTokens,
    "a list of tokens without BERT's [UNK], which does not say how texts become them",
    TOKENIZER_JSON,
  ],
  [
    isSentencePieceVocabulary,
    'the listing of a SentencePiece model, which is not the model',
    'Give the .model file that lies beside it.',
  ],
  [
    (file) => atLeast(3, file.lines, /^\d+ b?(?:'.*'|".*") \d+$/),
    "RWKV's vocabulary, whose tokens are found without merges: a kind that is not read here",
    'Give a tokenizer.json, a .tiktoken or a SentencePiece .model.',
  ],
];

/** Files of a model's folder that do not say how texts are cut. */
const BESIDE: readonly Row[] = [
  [json((file) => file.hasKey('weight_map')), "the index of a model's weights", LIES_BESIDE],
  [
    json((file) => file.hasKey('tokenizer_class', 'added_tokens_decoder')),
    "a tokenizer's settings, without its vocabulary",
    LIES_BESIDE,
  ],
  [
    json((file) => file.hasKey('image_processor_type', 'feature_extractor_type', 'processor_class')),
    "the settings of a model's preprocessor",
    LIES_BESIDE,
  ],
  [
    json((file) => file.hasKey('architectures', 'model_type')),
    "a model's settings, without a vocabulary",
    LIES_BESIDE,
  ],
  [json(isGenerationConfig), "a model's settings for writing texts, without a vocabulary", LIES_BESIDE],
  [json(isSpecialTokensMap), 'the names of a few special tokens, without the vocabulary', LIES_BESIDE],
  [
    json((file) => isAddedTokens(file.text) && !Object.values(file.whole ?? {}).some(isSmall)),
    'the tokens that were added to a vocabulary, without it',
    LIES_BESIDE,
  ],
];

/** All of them, in the order in which they are tried. */
const TABLES: readonly (readonly [
  readonly Row[],
  Pick<FileKind, 'isText' | 'isBeside'> & Partial<FileKind>,
])[] = [
  [PACKED, { isText: false, isBeside: false }],
  [WEIGHTS, { isText: false, isBeside: true }],
  [PICTURES, { isText: false, isBeside: false }],
  [VOCABULARIES, { isText: true, isBeside: true }],
  [BESIDE, { isText: true, isBeside: true }],
  [POINTERS, { isText: true, isBeside: false }],
  [MARKUP, { isText: true, isBeside: false, isMarkup: true }],
];

/**
 * What a file is that is not a tokenizer, or none that is read here, by its first bytes; undefined if it is unknown.
 * Ask `recogniseTokenizer` first.
 * @param bytes its first 64 kB, or all where there are fewer
 * @param name tells weights from archives, and a vocab.txt from other lists
 */
export function recogniseOther(bytes: Uint8Array, name: string): FileKind | undefined {
  const file = new Beginning(bytes, name);
  for (const [rows, traits] of TABLES) {
    const row = rows.find(([test]) => test(file));
    if (row) return { what: row[1], hint: row[2], isMarkup: false, ...traits };
  }
  return undefined;
}

/** No vocabulary is smaller, so that an id to which tokens were added is larger. */
function isSmall(id: unknown): boolean {
  return Number(id) < 256;
}

/** The form is recognised before: the name alone is left, or what was sent in the file's place. */
function isBrokenGguf(file: Beginning): boolean {
  return /\.gguf$/i.test(file.name) && ![...POINTERS, ...MARKUP].some(([test]) => test(file));
}

function isNamedWeights(file: Beginning): boolean {
  return /\.(?:pth?|bin|ckpt)$/i.test(file.name);
}

/** Eight bytes of length, then a JSON object of that length. */
function isSafetensors(file: Beginning): boolean {
  return file.has('{"', 8) && file.has('\0\0\0\0', 4) && file.byte(3) < 0x10;
}

/** A protobuf that begins with the format's version, then the producer's name or the graph. */
function isOnnx(file: Beginning): boolean {
  const isStart = file.byte(0) === 0x08 && file.byte(1) > 0 && file.byte(1) < 0x40;
  return isStart && (file.byte(2) === 0x12 || file.byte(2) === 0x3a);
}

function atLeast(count: number, lines: readonly string[], form: RegExp): boolean {
  const first = lines.slice(0, 20);
  return first.length >= count && first.every((line) => form.test(line));
}

function isListOfTokens(file: Beginning): boolean {
  const isNamed = /^vocab\.txt$/i.test(file.name) && new Set(file.lines).size >= 3;
  return isNamed && !file.lines.some((line) => /\S\s+\S/.test(line));
}

function isSentencePieceVocabulary(file: Beginning): boolean {
  if (!atLeast(3, file.lines, /^[^\t]+\t-?\d+(?:\.\d+)?(?:e-?\d+)?$/)) return false;
  return /^<(?:unk|pad|s)>\t/.test(file.text) || file.text.includes('\u2581');
}

const TOKEN_NAMES = /^(?:(?:bos|eos|unk|sep|pad|cls|mask)_token|additional_special_tokens)$/;

function isSpecialTokensMap(file: Beginning): boolean {
  const keys = Object.keys(file.whole ?? {});
  return keys.length > 0 && keys.every((key) => TOKEN_NAMES.test(key));
}

function isGenerationConfig(file: Beginning): boolean {
  const keys = Object.keys(file.whole ?? {});
  return (
    keys.some((key) => /^(?:bos|eos|pad|decoder_start)_token_id$/.test(key)) &&
    keys.some((key) =>
      /^(?:transformers_version|_from_model_config|do_sample|max_length|temperature)$/.test(key),
    )
  );
}
