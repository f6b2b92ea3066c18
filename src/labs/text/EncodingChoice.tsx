import { useEffect, useId, useRef } from 'react';
import { sha256OfId, tokenizerFileId } from '../../core/link/tokenizer-file';
import type { Encodings } from '../../tokenizers/files/choose-encoding';
import { Select } from '../../ui/Select';
import { useLab } from './context';
import styles from './Remarks.module.css';

/** How a .tiktoken file's texts are split, which it does not say itself. */
export function EncodingChoice({ id, encodings }: { readonly id: string; readonly encodings: Encodings }) {
  const { columns, own } = useLab();
  const label = useId();
  const select = useRef<HTMLSelectElement>(null);
  // A choice makes another column of this one: the focus comes along.
  useEffect(() => {
    if (own.takeChosen(id)) select.current?.focus();
  }, [own, id]);
  const choose = (encoding: string) => {
    const chosen = tokenizerFileId(sha256OfId(id), encoding);
    void own.choose(chosen, encoding);
    columns.replace(id, chosen);
  };
  return (
    <p className={styles.encoding}>
      <label htmlFor={label}>Splits text as</label>
      <Select ref={select} id={label} value={encodings.chosen} options={encodings.all} onChange={choose} />
      {encodings.isGuess ? <span>(a guess)</span> : null}
    </p>
  );
}
