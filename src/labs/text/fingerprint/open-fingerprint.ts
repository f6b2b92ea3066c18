import { isTokenizerFileId } from '../../../core/link/tokenizer-file';
import { isFingerprint, readFingerprint } from '../../../core/text/fingerprint';
import type { NamedBlob } from '../../../engine/storage/named-blob';
import type { IntakeLab } from '../intake-state';
import { expect } from './expected';

/** Most bytes of a fingerprint's file that is opened in the page. */
const LARGEST = 8_000_000;

/**
 * Opens a fingerprint's file: its text, its tokenizer, what it expects.
 * @returns whether it is one
 * @throws TokenoscopeError `fingerprint-invalid`; `link-too-large` where the page cannot hold its ids
 */
export async function openFingerprint(file: NamedBlob, lab: IntakeLab): Promise<boolean> {
  const { name, content } = file;
  if (content.size > LARGEST || !/\.json$/i.test(name)) return false;
  if (!isFingerprint(await content.slice(0, 200).text())) return false;
  const one = readFingerprint(await content.text(), name);
  const { state, columns, own } = lab;
  if (isTokenizerFileId(one.tokenizer)) own.rememberNames({ [one.tokenizer]: one.name });
  state.treat({ special: one.special, addSpecialTokens: one.addSpecialTokens });
  state.open(one.text, { kind: 'file', name });
  columns.add(one.tokenizer, 0);
  expect(lab, one);
  return true;
}
