import { type ChangeEvent, useRef } from 'react';
import { bundledModels } from '../../engine/image/models';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Segmented } from '../../ui/Segmented';
import { Later } from '../../views/Later';
import { compare } from './compare';
import { type ImageView, LANES_LIMIT } from './experiment';
import { useCheckpoints, useLab, useLabState } from './lab-context';
import { AddLane } from './lanes/AddLane';
import { ACCEPTED } from './receiver/accepted';
import { SampleStrip } from './SampleStrip';
import styles from './Toolbar.module.css';

const loadLinked = async () => (await import('./lanes/LinkedControl')).LinkedControl;

const VIEWS = [
  { value: 'side', label: 'Side by side' },
  { value: 'wipe', label: 'Wipe' },
  { value: 'blink', label: 'Blink' },
  { value: 'difference', label: 'Difference' },
  { value: 'heat', label: 'Heat map' },
] as const satisfies readonly { value: ImageView; label: string }[];

/** Ways in (a file, the clipboard, a sample) and ways to look. */
export function Toolbar() {
  const input = useRef<HTMLInputElement>(null);
  const lab = useLab();
  const { session } = lab;
  const view = useLabState((state) => state.view);
  const lanes = useLabState((state) => state.lanes);
  const comparing = lanes.length > 1;
  const several = useCheckpoints(({ checkpoints }) => bundledModels.length + checkpoints.length > 1);
  const allShown = lab.models.all().every(({ id }) => lanes.some(({ model }) => model === id));
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file) void lab.intake.pick([file]);
    event.target.value = ''; // the same file again is a change, too
  };
  return (
    <div className={styles.toolbar}>
      <div className={styles.open}>
        <Button icon={<Icon name="upload" />} onClick={() => input.current?.click()}>
          <span>
            Open<span className={styles.wide}> picture</span>
          </span>
        </Button>
        <input
          ref={input}
          type="file"
          accept={ACCEPTED}
          aria-label="Picture file"
          hidden
          tabIndex={-1}
          onChange={pick}
        />
        <p className={styles.hint}>
          or drop it here, or paste it <kbd>Ctrl V</kbd>
        </p>
      </div>
      <SampleStrip />
      <div className={styles.views}>
        {several ? (
          <Button
            variant="quiet"
            disabled={allShown || lanes.length >= LANES_LIMIT}
            icon={<Icon name="compare" />}
            className={styles.compare}
            aria-label="Compare models"
            title={
              allShown ? 'Every model is shown: + adds a codec, or a model once more' : 'Add another model'
            }
            onClick={() => compare(lab)}
          >
            <span className={styles.wide}>Compare</span>
          </Button>
        ) : null}
        <AddLane />
        {comparing ? <Later load={loadLinked} props={{}} /> : null}
        <Segmented label="View" options={VIEWS} value={view} onChange={(next) => session.setView(next)} />
      </div>
    </div>
  );
}
