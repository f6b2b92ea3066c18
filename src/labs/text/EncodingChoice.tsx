import { useEffect, useId, useRef } from 'react';
import type { Encodings } from '../../tokenizers/files/choose-encoding';
import { Select } from '../../ui/Select';
import { useLab } from './context';
import { chooseEncoding } from './own-changes';
import styles from './Remarks.module.css';

/** How a .tiktoken file's texts are split, which it does not say itself. */
export function EncodingChoice({ id, encodings }: { readonly id: string; readonly encodings: Encodings }) {
  const lab = useLab();
  const { own } = lab;
  const label = useId();
  const select = useRef<HTMLSelectElement>(null);
  // A choice makes another column of this one: the focus comes along.
  useEffect(() => {
    if (own.justChosen !== id) return;
    own.justChosen = '';
    select.current?.focus();
  }, [own, id]);
  return (
    <p className={styles.encoding}>
      <label htmlFor={label}>Splits text as</label>
      <Select
        ref={select}
        id={label}
        value={encodings.chosen}
        options={encodings.all}
        onChange={(encoding) => chooseEncoding(lab, id, encoding)}
      />
      {encodings.isGuess ? <span>(a guess)</span> : null}
    </p>
  );
}
