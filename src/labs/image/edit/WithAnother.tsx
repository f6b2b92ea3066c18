import { useId, useRef } from 'react';
import { useStore } from 'zustand';
import { samples } from '../../../catalog/pictures';
import { mix, splice, withId } from '../../../core/image/token-edits';
import { Button } from '../../../ui/Button';
import { Select } from '../../../ui/Select';
import { useSignal } from '../../../views/signal';
import { fetchSample } from '../fetch-sample';
import { useLab, useLead } from '../lab-context';
import styles from './EditTools.module.css';
import { HeadField, PercentField, showTail } from './fields';
import type { ToolProps } from './tool-props';
import { useEditor } from './use-editor';

/** Puts tokens of another picture in the places of this one's. */
export function WithAnother({ ids, at, settings, onSettings }: ToolProps) {
  const lab = useLab();
  const editor = useEditor();
  const model = useSignal(useLead().opened)?.model;
  const opened = useStore(editor.store, (state) => state.other);
  const codes = useStore(editor.store, (state) => state.codes);
  const other = opened?.model === model && opened?.ids.length === ids.length ? opened : null;
  const name = useId();
  const input = useRef<HTMLInputElement>(null);
  const { head, percent, seed } = settings;
  const put = (next: Uint32Array, isTail = false) => {
    editor.edit(next);
    if (isTail) showTail(lab, head);
  };
  const pickSample = (id: string) => {
    const sample = samples.find((one) => one.id === id);
    if (sample) void editor.openOther(sample.label, async (signal) => (await fetchSample(id, signal)).blob);
  };
  return (
    <section className={styles.group} aria-label="With another picture">
      <h3>With another picture</h3>
      <div className={styles.fields}>
        <span className={styles.field}>
          <label htmlFor={name}>Picture</label>
          <Select
            id={name}
            value={samples.find(({ label }) => label === other?.label)?.id ?? ''}
            options={[
              { id: '', name: other?.label ?? 'Choose…' },
              ...samples.map(({ id, label }) => ({ id, name: label })),
            ]}
            onChange={pickSample}
          />
        </span>
        <Button size="sm" onClick={() => input.current?.click()}>
          A file…
        </Button>
        <input
          ref={input}
          type="file"
          accept="image/*"
          aria-label="Other picture file"
          hidden
          tabIndex={-1}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) void editor.openOther(file.name, async () => file);
            event.target.value = ''; // the same file again is a change, too
          }}
        />
      </div>
      <div className={styles.fields}>
        <HeadField count={ids.length} value={head} onChange={(next) => onSettings({ head: next })} />
        <PercentField value={percent} onChange={(next) => onSettings({ percent: next })} />
      </div>
      <div className={styles.buttons}>
        <Button size="sm" disabled={!other} onClick={() => put(withId(ids, at, other!.ids[at]!))}>
          Take its token {at + 1}
        </Button>
        <Button size="sm" disabled={!other} onClick={() => put(splice(ids, other!.ids, head), true)}>
          First {head} of this, the rest of it
        </Button>
        <Button size="sm" disabled={!other} onClick={() => put(splice(other!.ids, ids, head))}>
          First {head} of it, the rest of this
        </Button>
        <Button size="sm" disabled={!other} onClick={() => put(mix(ids, other!.ids, percent / 100, seed))}>
          Mix in {percent} % of its tokens
        </Button>
        <Button
          size="sm"
          disabled={!other || !codes || !('book' in codes)}
          onClick={() => void editor.interpolate(percent / 100)}
        >
          Every code {percent} % of the way
        </Button>
      </div>
      <p className={styles.facts}>
        {other
          ? `${other.label}, as its ${other.ids.length} tokens. A mix chooses places by the seed; on the way, each token takes the code nearest to the point between the two.`
          : 'Choose a picture whose tokens to use.'}
      </p>
    </section>
  );
}
