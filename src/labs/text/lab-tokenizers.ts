import { findTextTokenizer } from '../../catalog/tokenizers';
import { encodingOfId, isTokenizerFileId, sha256OfId, tokenizerFileId } from '../../core/link/tokenizer-file';
import type { TokenizerSource } from '../../engine/text/text.api';
import { formatBytes, formatInteger } from '../../ui/format';
import type { OwnTokenizers, OwnTokenizersState } from './own-tokenizers';

/** A tokenizer as a column shows it: one of the catalogue, or out of a file. */
export interface LabTokenizer {
  readonly id: string;
  readonly label: string;
  /** A model that uses it, where the label names none. */
  readonly model?: string | undefined;
  readonly summary: string;
  /** Whether its file is not here: a link has named it. */
  readonly isMissing: boolean;
}

/** The tokenizer of an id; undefined if the id belongs to neither the catalogue nor a file. */
export function labTokenizer(id: string, own: OwnTokenizersState): LabTokenizer | undefined {
  const entry = findTextTokenizer(id);
  if (entry) {
    const { label, summary, models } = entry;
    const used = models ? ` Used by ${models.join(', ')}.` : '';
    return { id, label, model: models?.[0], summary: summary + used, isMissing: false };
  }
  if (!isTokenizerFileId(id)) return undefined;
  const sha256 = sha256OfId(id);
  const file = own.tokenizers.find((one) => one.sha256 === sha256);
  if (!file) {
    const label = own.linked[tokenizerFileId(sha256)] ?? 'Tokenizer file';
    return { id, label, summary: `sha256 ${sha256}`, isMissing: own.isListed };
  }
  const summary = `${file.kind}, ${formatBytes(file.size)}, ${formatInteger(file.vocabularySize)} tokens, sha256 ${sha256}`;
  return { id, label: file.name, summary, isMissing: false };
}

/** Where workers get a tokenizer from; undefined where its file is missing. */
export async function sourceOf(id: string, own: OwnTokenizers): Promise<TokenizerSource | undefined> {
  const entry = findTextTokenizer(id);
  if (entry) return entry.spec;
  const files = await own.filesOf(id);
  return files && { kind: 'files', files, encoding: encodingOfId(id) };
}
