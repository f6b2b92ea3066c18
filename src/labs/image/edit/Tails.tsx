import { useEffect, useMemo, useRef, useState } from 'react';
import { isAborted } from '../../../core/errors';
import { LARGEST_SEED } from '../../../core/image/noise';
import { randomTail } from '../../../core/image/token-edits';
import type { Frame } from '../../../engine/image/image.api';
import { paint } from '../../../views/picture/paint';
import { useLab } from '../lab-context';
import { asProblem } from '../load';
import styles from './EditTools.module.css';

export interface TailsProps {
  readonly from: Uint32Array;
  readonly head: number;
  readonly seed: number;
  readonly codebookSize: number;
  readonly onTake: (ids: Uint32Array) => void;
}

const COUNT = 6;

/** Several random tails after one head, each as its picture, to choose one. */
export function Tails({ from, head, seed, codebookSize, onTake }: TailsProps) {
  const lab = useLab();
  const [frames, setFrames] = useState<readonly Frame[]>([]);
  const [problem, setProblem] = useState('');
  const rows = useMemo(
    () =>
      Array.from({ length: COUNT }, (_, i) => {
        const of = (seed + i) % (LARGEST_SEED + 1);
        return { seed: of, ids: randomTail(from, head, codebookSize, of) };
      }),
    [from, head, seed, codebookSize],
  );
  useEffect(() => {
    const abort = new AbortController();
    const { model } = lab.session.lead.opened.get() ?? {};
    const draw = async () => {
      setFrames([]);
      setProblem('');
      for (const { ids } of model ? rows : []) {
        const sampling = lab.models.samplingOf(model!, lab.store.getState());
        const job = { ids, k: ids.length, sampling };
        const frame = await lab.engine.decode(model!, job, { signal: abort.signal, background: true });
        if (abort.signal.aborted) return;
        setFrames((before) => [...before, frame]);
      }
    };
    draw().catch((error: unknown) => {
      if (!isAborted(error) && !abort.signal.aborted) setProblem(asProblem(error).message);
    });
    return () => abort.abort();
  }, [lab, rows]);
  if (problem) return <p className={styles.facts}>{problem}</p>;
  return (
    <ul className={styles.tails} aria-label="Random tails" aria-busy={frames.length < COUNT}>
      {rows.map(({ seed: of, ids }, i) => (
        <li key={of}>
          <button
            type="button"
            className={styles.tail}
            aria-label={`Random tail of seed ${of}`}
            onClick={() => onTake(ids)}
          >
            <Thumbnail frame={frames[i]} />
            {of}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Thumbnail({ frame }: { readonly frame: Frame | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (frame && canvas.current) paint(canvas.current, frame.width, frame.height, frame.rgba);
  }, [frame]);
  return <canvas ref={canvas} width="1" height="1" />;
}
