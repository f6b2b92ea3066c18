import { parseArgs } from 'node:util';
import { TokenoscopeError } from '../core/errors';
import type { CliIo } from './io';
import { PROGRAM } from './program';

/** Refuses a command line with exit code 2; the command's usage is added to it. */
export function badArguments(message: string): TokenoscopeError {
  return new TokenoscopeError('bad-arguments', message);
}

/** One option of a command, declared once: how it is read, and what `--help` says of it. */
export interface Option<T> {
  /** The placeholder for its value in the usage; undefined for a flag. */
  readonly value?: string | undefined;
  readonly about: string;
  /** Shown after `about`. */
  readonly otherwise?: string | undefined;
  readonly required: boolean;
  readonly repeated?: boolean;
  /** @throws TokenoscopeError `bad-arguments`; `given` holds every value in order, "true" for a flag */
  read(given: readonly string[], name: string): T;
}

/** An option without a value. */
export function flag(about: string): Option<boolean> {
  return { about, required: false, read: (given) => given.length > 0 };
}

/** A text, or a function that makes it when it is needed. */
type Words = string | (() => string);

/** How a value's text is read; the name is for messages. */
type Read<T> = (text: string, name: string) => T;

/** An option that may be left out. */
export function optional(value: string, about: string): Option<string | undefined>;
export function optional<T>(value: string, about: string, read: Read<T>): Option<T | undefined>;
export function optional(
  value: string,
  about: string,
  read: Read<unknown> = (text) => text,
): Option<unknown> {
  return {
    value,
    about,
    required: false,
    read: (given, name) => (given.length > 0 ? read(given.at(-1)!, name) : undefined),
  };
}

/** An option whose default is `otherwise`. */
export function withDefault<T>(value: string, about: string, otherwise: string, read: Read<T>): Option<T> {
  return {
    value,
    about,
    otherwise: `default: ${otherwise}`,
    required: false,
    read: (given, name) => read(given.at(-1) ?? otherwise, name),
  };
}

/** An option that must be given. @param missing the message when it is not */
export function required(value: string, about: string, missing: Words): Option<string>;
export function required<T>(value: string, about: string, missing: Words, read: Read<T>): Option<T>;
export function required(
  value: string,
  about: string,
  missing: Words,
  read: Read<unknown> = (text) => text,
): Option<unknown> {
  return {
    value,
    about,
    required: true,
    read: (given, name) => {
      const text = given.at(-1);
      if (!text) throw badArguments(typeof missing === 'string' ? missing : missing());
      return read(text, name);
    },
  };
}

/** An option that may be given several times. */
export function repeated(value: string, about: string, atLeastOnce = false): Option<readonly string[]> {
  return { value, about, required: atLeastOnce, repeated: true, read: (given) => given };
}

type Options = Readonly<Record<string, Option<unknown>>>;
type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

/** A command's declaration, from which everything that `--help` shows is derived. */
interface Declaration<O extends Options> {
  readonly name: string;
  readonly summary: string;
  /** The one argument besides the options, or so many of them. */
  readonly argument?: {
    readonly value: string;
    readonly about?: string;
    readonly missing: string;
    readonly count?: number | 'several';
  };
  readonly options: O;
  /** More for `COMMAND --help`: what the options take, an example. */
  readonly details?: string;
  /** @returns the exit code */
  run(values: Values<O>, io: CliIo, argument: string, ...more: readonly string[]): Promise<number>;
}

/** A command of the command line. */
export interface Command {
  /** Its name and arguments on one line. */
  readonly usage: string;
  readonly summary: string;
  /** What `COMMAND --help` shows. */
  readonly help: string;
  /**
   * @returns the exit code
   * @throws TokenoscopeError `bad-arguments` with the usage as its hint, and what the command throws
   */
  run(argv: string[], io: CliIo): Promise<number>;
}

/** Makes a command from its declaration. */
export function defineCommand<O extends Options>(declaration: Declaration<O>): Command {
  const { name, summary, details, options, argument } = declaration;
  const usage = [name, ...Object.entries(options).map(usageOf), ...(argument ? [argument.value] : [])].join(
    ' ',
  );
  const line = `Usage: ${PROGRAM} ${usage}`;
  return {
    usage,
    summary,
    help: `${[line, summary, table(declaration), details].filter(Boolean).join('\n\n')}\n`,
    async run(argv, io) {
      try {
        const { values, rest } = readArguments(argv, options);
        const [first, ...more] = rest;
        const count = argument?.count ?? 1;
        if (!argument && first !== undefined) throw badArguments(`"${first}" is one argument too many.`);
        const fits = count === 'several' ? rest.length > 0 : rest.length === count;
        if (argument && !fits) throw badArguments(argument.missing);
        return await declaration.run(values, io, first ?? '', ...more);
      } catch (error) {
        if (!(error instanceof TokenoscopeError) || error.code !== 'bad-arguments') throw error;
        throw new TokenoscopeError(error.code, error.message, [error.hint, line].filter(Boolean).join('\n'));
      }
    },
  };
}

function readArguments<O extends Options>(argv: string[], options: O) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  );
  const { tokens } = parseArgs({
    args: argv,
    options: config,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const rest: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') rest.push(token.value);
    if (token.kind === 'option') {
      const list = given.get(token.name) ?? [];
      list.push(readToken(token, options));
      given.set(token.name, list);
    }
  }
  const values = Object.entries(options).map(([name, option]) => [
    name,
    option.read(given.get(name) ?? [], `--${name}`),
  ]);
  return { values: Object.fromEntries(values) as Values<O>, rest };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function readToken({ name, rawName, value, inlineValue }: OptionToken, options: Options): string {
  const option = Object.hasOwn(options, name) && rawName === `--${name}` ? options[name] : undefined;
  if (!option) {
    const known = Object.keys(options).map((other) => `--${other}`);
    const which = known.length > 0 ? `Options are: ${known.join(', ')}.` : 'This command has none.';
    throw badArguments(`There is no option "${rawName}". ${which}`);
  }
  if (option.value === undefined) {
    if (value !== undefined) throw badArguments(`${rawName} takes no value.`);
    return 'true';
  }
  if (value === undefined) throw badArguments(`${rawName} needs a value: ${option.value}.`);
  if (!inlineValue && /^-./.test(value)) {
    throw badArguments(`${rawName} needs a value; write ${rawName}=${value} if "${value}" is meant.`);
  }
  return value;
}

function usageOf([name, { value, required: must, repeated: many }]: [string, Option<unknown>]): string {
  const text = value === undefined ? `--${name}` : `--${name} ${value}`;
  return must ? text : `[${text}]${many ? '...' : ''}`;
}

/** Columns that a line of the help may take. */
const WIDTH = 118;

function table({ options, argument }: Pick<Declaration<Options>, 'options' | 'argument'>): string {
  const rows = Object.entries(options).map(([name, { about, otherwise }]) => [
    `--${name}`,
    otherwise === undefined ? about : `${about} (${otherwise})`,
  ]);
  if (argument?.about) rows.push([argument.value, argument.about]);
  const width = Math.max(0, ...rows.map(([name]) => name!.length));
  return rows
    .map(([name, about]) => `  ${name!.padEnd(width)}  ${wrap(about!, WIDTH - width - 4, width + 4)}`)
    .join('\n');
}

/** Breaks a text between words; further lines begin with spaces. */
function wrap(text: string, width: number, indent: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** A whole number from `least` up, written in digits only; undefined for anything else. */
export function wholeNumber(text: string, least: number): number | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= least ? value : undefined;
}
