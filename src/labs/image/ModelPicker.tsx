import { useEffect, useState } from 'react';
import { bundledModels } from '../../engine/image/models';
import { missingBytes } from '../../engine/image/stored-models';
import { formatBytes } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { Popover, type PopoverCloser } from '../../ui/Popover';
import { useCheckpoints, useLab, useLabState, useLaneState } from './lab-context';
import type { Lane } from './lane';
import { canDraw } from './load';
import { sizes } from './ModelFacts';
import styles from './ModelPicker.module.css';
import type { LabModel } from './models';

/** Labels of the lanes' menus, in order. */
const NAMES = ['Model', 'Second model', 'Third model', 'Fourth model', 'Fifth model', 'Sixth model'];

/** Which model encodes and decodes: its name opens a list of all, with what each costs to load. */
export function ModelPicker({ lane }: { readonly lane: Lane }) {
  const lab = useLab();
  const { models, recent, store } = lab;
  const id = useLaneState(lane, (state) => state.model);
  const at = useLabState(({ lanes }) => lanes.indexOf(lane));
  const source = useLabState((state) => state.wanted ?? state.source);
  const name = NAMES[at] ?? `Model ${at + 1}`;
  const checkpoints = useCheckpoints((state) => state.checkpoints);
  const label = models.label(id);
  const [missing, setMissing] = useState<ReadonlyMap<string, number>>(new Map());
  const [isOpen, setOpen] = useState(false);
  const isReady = useLaneState(lane, ({ phase }) => phase === 'ready');
  // Again when a model has been loaded while the menu is open: it is on this device now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: being ready is the occasion, not a value
  useEffect(() => {
    if (!isOpen) return;
    void missingBytes(bundledModels, document.baseURI).then(setMissing);
    void models.listOnce();
  }, [isOpen, isReady, models]);
  const own = checkpoints.flatMap((one) => models.find(one.id) ?? []);
  const whereOf = (model: string, where: string) =>
    isOpen && source && !canDraw({ models, recent }, model, source)
      ? 'not for the tokens of this link'
      : where;
  return (
    <Popover
      label={name}
      align="start"
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      trigger={{
        variant: 'quiet',
        className: styles.trigger,
        'aria-label': `${name}: ${label}`,
        children: (
          <>
            <span className={styles.label}>{label}</span>
            <Icon name="down" size={12} />
          </>
        ),
      }}
    >
      {(closes) => (
        <div className={styles.menu}>
          <ul className={styles.list}>
            {bundledModels.map((entry) => (
              <Row
                key={entry.id}
                entry={entry}
                lane={lane}
                current={entry.id === id}
                where={whereOf(entry.id, whereIs(entry, missing.get(entry.id)))}
                closes={closes}
              />
            ))}
          </ul>
          {own.length > 0 ? (
            <section aria-label="Your checkpoints">
              <h3 className={styles.heading}>Your checkpoints</h3>
              <ul className={styles.list}>
                {own.map((entry) => (
                  <Row
                    key={entry.id}
                    entry={entry}
                    lane={lane}
                    current={entry.id === id}
                    where={whereOf(entry.id, 'on this device')}
                    closes={closes}
                  />
                ))}
              </ul>
            </section>
          ) : null}
          <button
            type="button"
            className={styles.add}
            onClick={() => store.setState({ dialog: { lane, wanted: '' }, dropped: [] })}
            {...closes}
          >
            <Icon name="plus" size={14} />
            Add a checkpoint…
          </button>
        </div>
      )}
    </Popover>
  );
}

interface RowProps {
  readonly entry: Pick<LabModel, 'id' | 'label' | 'summary' | 'tokens' | 'bytes'>;
  readonly lane: Lane;
  readonly current: boolean;
  readonly where: string;
  readonly closes: PopoverCloser;
}

function Row({ entry, lane, current, where, closes }: RowProps) {
  const { session } = useLab();
  return (
    <li>
      <button
        type="button"
        className={styles.model}
        aria-current={current}
        onClick={() => session.setModel(lane, entry.id)}
        {...closes}
      >
        <span className={styles.name}>
          <span>{entry.label}</span>
          {current ? <Icon name="check" size={14} /> : null}
        </span>
        <span className={styles.figures}>
          {sizes(entry)} · {where}
        </span>
        <span className={styles.summary}>{entry.summary}</span>
      </button>
    </li>
  );
}

/** Whether a bundled model is on this device, as far as is known. */
function whereIs({ bytes }: Pick<LabModel, 'bytes'>, missing = bytes): string {
  if (missing === 0) return 'on this device';
  // Models share files: one may be here in part before it was ever chosen.
  return missing < bytes ? `${formatBytes(missing)} to load` : 'loads when chosen';
}
