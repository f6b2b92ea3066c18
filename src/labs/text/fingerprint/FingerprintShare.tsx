import { useId, useState } from 'react';
import { toWireError } from '../../../core/errors';
import { FINGERPRINT_NAME } from '../../../core/text/fingerprint';
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { Select } from '../../../ui/Select';
import { useColumnTokenizers, useLab } from '../context';
import { expect, takeFingerprint } from './expected';
import styles from './FingerprintShare.module.css';

export interface FingerprintShareProps {
  /** Copies the lab's link again. */
  readonly onChanged: () => void;
  readonly save: (file: Blob, name: string) => void;
}

/** Fingerprints of one column: what its tokenizer gives for the text, to be checked wherever it is opened. */
export function FingerprintShare({ onChanged, save }: FingerprintShareProps) {
  const lab = useLab();
  const entries = useColumnTokenizers().filter(({ isMissing }) => !isMissing);
  const [chosen, setChosen] = useState('');
  const [problem, setProblem] = useState<{ title: string; hint: string } | null>(null);
  const select = useId();
  const entry = entries.find(({ id }) => id === chosen) ?? entries[0];
  if (!entry) return null;
  const make = async (as: 'link' | 'file') => {
    setProblem(null);
    try {
      const one = await takeFingerprint(lab, entry.id);
      if (as === 'link') {
        expect(lab, one);
        onChanged();
      } else {
        const name = entry.label.replace(/[^\p{L}\p{N}.-]+/gu, '-').toLowerCase();
        save(new Blob([`${JSON.stringify(one)}\n`], { type: 'application/json' }), name + FINGERPRINT_NAME);
      }
    } catch (error) {
      const { message, hint } = toWireError(error);
      setProblem({ title: message, hint });
    }
  };
  return (
    <div className={styles.share}>
      <p>
        A fingerprint holds the ids too: whoever opens it sees whether{' '}
        <label className="visually-hidden" htmlFor={select}>
          Tokenizer of the fingerprint
        </label>
        <Select
          id={select}
          value={entry.id}
          options={entries.map(({ id, label }) => ({ id, name: label }))}
          onChange={setChosen}
        />{' '}
        still gives them.
      </p>
      <div className={styles.ways}>
        <Button size="sm" onClick={() => void make('link')}>
          Copy fingerprint link
        </Button>
        <Button size="sm" onClick={() => void make('file')}>
          Save fingerprint
        </Button>
      </div>
      {problem ? (
        <Notice tone="error" title={problem.title}>
          {problem.hint}
        </Notice>
      ) : null}
    </div>
  );
}
