import { type ParseArgsConfig, parseArgs } from 'node:util';
import { TokenoscopeError } from '../core/errors';

/** Refuses a command line; `main` answers with the message and exit code 2. */
export function badArguments(message: string, usage: string): TokenoscopeError {
  return new TokenoscopeError('bad-arguments', message, `Usage: npm run -s cli -- ${usage}`);
}

/**
 * `parseArgs` with failures in the house's form.
 * @throws TokenoscopeError `bad-arguments`
 */
export function parseArguments<T extends ParseArgsConfig>(config: T, usage: string) {
  try {
    return parseArgs(config);
  } catch (cause) {
    throw badArguments(cause instanceof Error ? cause.message : String(cause), usage);
  }
}

/** A whole number from `least` up, written in digits only; undefined for anything else. */
export function wholeNumber(text: string | undefined, least: number): number | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= least ? value : undefined;
}
