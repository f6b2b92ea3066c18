import { TokenoscopeError } from '../core/errors';
import type { CliIo } from './io';

interface Command {
  /** Arguments, as `--help` shows them. */
  readonly usage: string;
  readonly summary: string;
  /** What else `COMMAND --help` shows. */
  readonly details?: () => Promise<string>;
  readonly load: () => Promise<(argv: string[], io: CliIo) => Promise<number>>;
}

const modelHelp =
  async () => `  A model is a bundled one by its id, a folder with a manifest.json, or a checkpoint's folder with config.json and
  model.safetensors (${(await import('../engine/families/families')).familyNames}), as published.

  --half  rounds a checkpoint's matrices to 16 bits, as the page does where it is asked to; inspect-model says what
          it would take then`;

// Loaded on demand: text commands need no ONNX Runtime.
const commands: Readonly<Record<string, Command>> = {
  'encode-text': {
    usage:
      '--tokenizer ID|FILE|FOLDER [--offsets] [--measures] [--special parse|text|error] [--add-special-tokens] [--batch] [--timeout SECONDS]',
    summary: 'Text on standard input -> one JSON line {"ids":[...]}, with byte offsets on demand.',
    details: async () => `${(await import('./tokenizer-argument')).TOKENIZER_HELP}
  --offsets             adds "offsets": [[start, end], ...], in bytes of the input
  --measures            adds "measures": {...}, such as bytes per token
  --special             special tokens written in the text: parse them, take them as text (default), or refuse
  --add-special-tokens  adds what the file's post-processor puts around a text
  --batch               reads JSON strings, one a line, and answers one JSON line each; a line at fault is answered
                        with {"error":{...}}, the others go on, and the exit code is 1
  --timeout             ends the work after so many seconds, for files whose expressions may never come to an end

  echo -n 'Hello, world!' | npm run -s cli -- encode-text --tokenizer o200k`,
    load: async () => (await import('./encode-text')).encodeTextCommand,
  },
  'decode-text': {
    usage: '--tokenizer ID|FILE|FOLDER',
    summary: 'Ids on standard input (JSON, or numbers between spaces or commas) -> the bytes they stand for.',
    details: async () => `${(await import('./tokenizer-argument')).TOKENIZER_HELP}

  echo '{"ids":[13225,11,2375,0]}' | npm run -s cli -- decode-text --tokenizer o200k`,
    load: async () => (await import('./decode-text')).decodeTextCommand,
  },
  'encode-image': {
    usage: '--model ID|FOLDER [--half] FILE',
    details: modelHelp,
    summary: 'A picture -> one JSON line {"model","ids"}.',
    load: async () => (await import('./encode-image')).encodeImageCommand,
  },
  'decode-image': {
    usage: '--model ID|FOLDER [--half] --k N [--steps N|distilled] [--seed S] --out FILE.png',
    details: async () => `${await modelHelp()}\n${(await import('./sampling-argument')).SAMPLING_HELP}`,
    summary: 'Ids on standard input -> the picture that the first N of them give.',
    load: async () => (await import('./decode-image')).decodeImageCommand,
  },
  'inspect-model': {
    usage: 'ID|FOLDER [--half]',
    summary: 'What a model is: family, picture size, tokens, codebook, parameters, arithmetic.',
    details: modelHelp,
    load: async () => (await import('./inspect-model')).inspectModelCommand,
  },
  'eval-images': {
    usage:
      '--models ID,... --k 1,2,4,8,16,32,64,128,256 [--steps N|distilled,...] [--seed S] DIR [--json FILE]',
    details: async () => `${(await import('./sampling-argument')).SAMPLING_HELP}

  --steps takes several values, between commas: each flow model is then measured at each of them.`,
    summary: "PSNR, SSIM and bytes over a folder's pictures, beside JPEG, WebP and AVIF.",
    load: async () => (await import('./eval-images')).evalImagesCommand,
  },
  experiment: {
    usage: 'ID [--input FILE] [--set KEY=VALUE]...',
    summary: 'One experiment on a text or a picture -> its figures as JSON.',
    details: async () => (await import('./experiment')).EXPERIMENT_HELP,
    load: async () => (await import('./experiment')).experimentCommand,
  },
  'decode-link': {
    usage: 'URL',
    summary: 'A permalink -> its experiment as one JSON object.',
    load: async () => (await import('./decode-link')).decodeLinkCommand,
  },
};

const help = `Usage: npm run -s cli -- COMMAND ...

${Object.entries(commands)
  .map(([name, { usage, summary }]) => `  ${name} ${usage}\n      ${summary}`)
  .join('\n')}

  COMMAND --help   shows one command
`;

/**
 * Runs one command of the command line.
 * @returns the exit code: 0, 1 where the work failed, 2 for bad arguments
 */
export async function main(argv: string[], io: CliIo = processIo): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? io.stderr : io.stdout)(help);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    io.stderr(`There is no command "${name}".\n\n${help}`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    const details = command.details ? `\n${await command.details()}\n` : '';
    io.stdout(`Usage: npm run -s cli -- ${name} ${command.usage}\n\n${command.summary}\n${details}`);
    return 0;
  }
  try {
    return await (await command.load())(rest, io);
  } catch (error) {
    if (!(error instanceof TokenoscopeError)) throw error;
    io.stderr(`${[error.message, error.hint].filter(Boolean).join('\n')}\n`);
    return error.code === 'bad-arguments' ? 2 : 1;
  }
}

const processIo: CliIo = {
  async stdin() {
    const pieces: Uint8Array[] = [];
    for await (const piece of process.stdin) pieces.push(piece as Uint8Array);
    return Buffer.concat(pieces);
  },
  stdout: (text) => void process.stdout.write(text),
  stdoutBytes: (bytes) => void process.stdout.write(bytes),
  stderr: (text) => void process.stderr.write(text),
};
