import { encodeUtf8 } from '../../core/text/utf8';
import { drain, type Steps, within } from '../files/steps';
import { assemble, type LoadedTokenizerFile } from './assemble';
import { expressions } from './expressions';
import type { JsonObject } from './json';
import { modelSteps } from './models';
import { readTokenizerJson } from './read-tokenizer-json';
import { checkRequired } from './required';

/**
 * Builds a tokenizer from a Hugging Face `tokenizer.json`, at once.
 * @param json the parsed file
 * @throws TokenoscopeError as `tokenizerJsonSteps`
 */
export function tokenizerFromJson(json: unknown): LoadedTokenizerFile {
  return drain(tokenizerJsonSteps(encodeUtf8(JSON.stringify(json)), 'tokenizer.json'));
}

/**
 * Builds a tokenizer from the bytes of a Hugging Face `tokenizer.json`, in small steps.
 * @param name of the file, for messages
 * @throws TokenoscopeError `tokenizer-corrupt` that names the place in the file, also where it uses something
 * that this engine does not have: never a silently wrong answer
 */
export function* tokenizerJsonSteps(bytes: Uint8Array, name: string): Steps<LoadedTokenizerFile> {
  const { json, model: parts, emptyIds } = yield* within(0, 0.8, readTokenizerJson(bytes, name));
  checkRequired(json, parts.json);
  const model = yield* within(0.8, 0.99, modelSteps(parts));
  const { tokenizer, notes } = assemble(json, model, expressions, emptyIds);
  return { tokenizer, notes: [...notes, ...dropoutNote(parts.json)] };
}

function dropoutNote({ dropout }: JsonObject): string[] {
  if (typeof dropout !== 'number' || dropout === 0) return [];
  if (dropout === 1) return ['The file asks for dropout 1, which skips all merges: here as well.'];
  return [`The file asks for dropout ${dropout}, which skips merges at random; here no merge is skipped.`];
}
