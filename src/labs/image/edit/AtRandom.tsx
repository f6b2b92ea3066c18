import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { LARGEST_SEED } from '../../../core/image/noise';
import { randomTail, shuffleTail } from '../../../core/image/token-edits';
import { Button } from '../../../ui/Button';
import { NumberField } from '../../../ui/NumberField';
import { RareIcon } from '../../../ui/RareIcon';
import { useLab, useLead, useModel } from '../lab-context';
import styles from './EditTools.module.css';
import { showTail } from './fields';
import { Tails } from './Tails';
import type { ToolProps } from './tool-props';
import { useEditor } from './use-editor';

/** Changes tokens by chance: the same seed gives the same tokens everywhere. */
export function AtRandom({ ids, settings, onSettings }: ToolProps) {
  const lab = useLab();
  const editor = useEditor();
  const size = useModel(useLead())?.tokens.codebookSize ?? 2 ** 16;
  const codes = useStore(editor.store, (state) => state.codes);
  const [several, setSeveral] = useState<{ readonly from: Uint32Array } | null>(null);
  const name = useId();
  const { head, percent, seed } = settings;
  const put = (next: Uint32Array) => {
    editor.edit(next);
    showTail(lab, head);
  };
  // Tails of another row of tokens are not those of this one.
  const own = lab.session.lead.opened.get()?.own ?? ids;
  useEffect(() => setSeveral((now) => (now && now.from.length === own.length ? now : null)), [own]);
  return (
    <section className={styles.group} aria-label="At random">
      <h3>At random</h3>
      <div className={styles.fields}>
        <span className={styles.field}>
          <label htmlFor={name}>Seed</label>
          <NumberField
            id={name}
            label="Seed of the edit"
            className={styles.number}
            min={0}
            max={LARGEST_SEED}
            value={seed}
            onChange={(next) => onSettings({ seed: next })}
          />
        </span>
        <Button
          size="sm"
          variant="quiet"
          icon={<RareIcon name="dice" size={14} />}
          aria-label="Another seed"
          onClick={() => onSettings({ seed: seed === LARGEST_SEED ? 0 : seed + 1 })}
        />
      </div>
      <div className={styles.buttons}>
        <Button size="sm" onClick={() => put(shuffleTail(ids, head, seed))}>
          Shuffle after {head}
        </Button>
        <Button size="sm" onClick={() => put(randomTail(ids, head, size, seed))}>
          Random ids after {head}
        </Button>
        <Button
          size="sm"
          disabled={!codes || !('book' in codes)}
          onClick={() => void editor.perturb(percent / 100, seed)}
        >
          {percent} % to near codes
        </Button>
        <Button size="sm" onClick={() => setSeveral({ from: ids })}>
          Six random tails
        </Button>
      </div>
      {several ? (
        <Tails from={several.from} head={head} seed={seed} codebookSize={size} onTake={put} />
      ) : (
        <p className={styles.facts}>
          The first {head} tokens stay as they are; so does all else but the share.
        </p>
      )}
    </section>
  );
}
