import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { Progress } from '../../../ui/Progress';
import { useSignal } from '../../../views/signal';
import { useLab, useLead } from '../lab-context';
import { AtRandom } from './AtRandom';
import styles from './EditTools.module.css';
import { OneToken } from './OneToken';
import type { Settings } from './tool-props';
import { useEditor } from './use-editor';
import { WithAnother } from './WithAnother';

/** Everything that can be done to the tokens of the lead's picture. */
export function EditTools() {
  const { kept, held } = useLab();
  const holding = useSignal(held);
  const [chosen, setChosen] = useState(() => kept.get() - 1);
  const editor = useEditor();
  const picture = useSignal(useLead().opened);
  const { past, future } = useStore(editor.history.store);
  const { job, problem, unchanged } = useStore(editor.store);
  const [settings, setSettings] = useState<Settings>(() => ({
    head: Math.max(1, Math.round(kept.get() / 4)),
    percent: 10,
    seed: 1,
  }));
  const model = picture?.model;
  useEffect(() => {
    if (model) void editor.loadCodes();
    return () => editor.cancel();
  }, [editor, model]);
  if (!picture) return null;
  const { ids } = picture;
  const shared = {
    ids,
    at: Math.min(holding ?? chosen, ids.length - 1),
    settings: { ...settings, head: Math.min(settings.head, ids.length - 1) },
    onSettings: (change: Partial<Settings>) => setSettings({ ...settings, ...change }),
  };
  return (
    <div className={styles.tools}>
      <div className={styles.bar}>
        <Button size="sm" disabled={past.length === 0} onClick={() => editor.undo()}>
          Undo
        </Button>
        <Button size="sm" disabled={future.length === 0} onClick={() => editor.redo()}>
          Redo
        </Button>
        <p className={styles.hint}>
          <kbd>Ctrl Z</kbd> and <kbd>Ctrl Shift Z</kbd>. What you make is in the link; quality is still
          measured against the original.
        </p>
        {job ? (
          <div className={styles.job}>
            <Progress label={job.label} share={job.share} />
            <Button size="sm" onClick={() => editor.cancel()}>
              Stop
            </Button>
          </div>
        ) : null}
      </div>
      <p aria-live="polite" className={styles.facts}>
        {unchanged}
      </p>
      {problem ? (
        <Notice tone="error" title={problem.message}>
          {problem.hint}
        </Notice>
      ) : null}
      <div className={styles.groups}>
        <OneToken
          ids={ids}
          at={shared.at}
          onChoose={(at) => {
            setChosen(at);
            held.set(at);
          }}
        />
        <WithAnother {...shared} />
        <AtRandom {...shared} />
      </div>
    </div>
  );
}
