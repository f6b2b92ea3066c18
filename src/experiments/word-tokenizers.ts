import { findTextTokenizer } from '../catalog/tokenizers';
import { type Subwords, subwords } from './word-figures';

/** What to choose from where words are compared with subwords, by the names that users know. */
export function subwordOptions(): { readonly id: Subwords; readonly name: string }[] {
  return subwords.map((id) => ({ id, name: findTextTokenizer(id)!.label }));
}
