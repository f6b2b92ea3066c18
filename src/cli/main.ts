import { TokenoscopeError } from '../core/errors';
import { missingPackage } from '../package/missing-package';
import type { Command } from './command';
import type { CliIo } from './io';
import { PROGRAM } from './program';

/** Loaded on demand: text commands need no ONNX Runtime. */
const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  'encode-text': () => import('./encode-text'),
  'decode-text': () => import('./decode-text'),
  'split-text': () => import('./split-text'),
  'train-text': () => import('./train-text'),
  'inspect-vocabulary': () => import('./inspect-vocabulary'),
  curve: () => import('./curve'),
  'text-bits': () => import('./text-bits'),
  'encode-image': () => import('./encode-image'),
  'decode-image': () => import('./decode-image'),
  'edit-tokens': () => import('./edit-tokens'),
  'inspect-model': () => import('./inspect-model'),
  'eval-images': () => import('./eval-images'),
  'tokens-needed': () => import('./tokens-needed'),
  differ: () => import('./differ'),
  'check-text': () => import('./check-text'),
  experiment: () => import('./experiment'),
  'decode-link': () => import('./decode-link'),
};

async function helpOfAll(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map(async (load) => (await load()).command));
  return `Usage: ${PROGRAM} COMMAND ...

${all.map(({ usage, summary }) => `  ${usage}\n      ${summary}`).join('\n')}

  COMMAND --help   shows one command
`;
}

/**
 * Runs one command of the command line.
 * @returns the exit code: 0, 1 where the work failed, 2 for bad arguments
 */
export async function main(argv: string[], io: CliIo = processIo): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? io.stderr : io.stdout)(await helpOfAll());
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    io.stderr(`There is no command "${name}".\n\n${await helpOfAll()}`);
    return 2;
  }
  const { command } = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    io.stdout(command.help);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (cause) {
    const error = missingPackage(cause) ?? cause;
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
