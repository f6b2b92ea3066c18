import { useEffect, useState } from 'react';
import { bundledModels } from '../../engine/image/models';
import { missingBytes } from '../../engine/image/stored-models';
import { formatBytes } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { Popover, type PopoverCloser } from '../../ui/Popover';
import styles from './ModelPicker.module.css';
import {
  findModel,
  type LabModel,
  listCheckpointsOnce,
  type ModelPlace,
  modelLabel,
  openCheckpointDialog,
  useCheckpoints,
} from './models';
import { setSecond } from './second';
import { setModel } from './session';
import { useImageLab, useModel } from './store';

const CHOOSE = { model: setModel, second: setSecond } as const;
const NAME = { model: 'Model', second: 'Second model' } as const;

/** Which model encodes and decodes: its name opens a list of all, with what each costs to load. */
export function ModelPicker({ place = 'model' }: { readonly place?: ModelPlace }) {
  const model = useModel(place);
  const id = useImageLab((state) => state[place]);
  const checkpoints = useCheckpoints((state) => state.checkpoints);
  const label = model?.label ?? (id === null ? 'none' : modelLabel(id));
  const [missing, setMissing] = useState<ReadonlyMap<string, number>>(new Map());
  const [isOpen, setOpen] = useState(false);
  const isReady = useImageLab(({ phase }) => phase === 'ready');
  // Again when a model has been loaded while the menu is open: it is on this device now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: being ready is the occasion, not a value
  useEffect(() => {
    if (!isOpen) return;
    void missingBytes(bundledModels, document.baseURI).then(setMissing);
    void listCheckpointsOnce();
  }, [isOpen, isReady]);
  const own = checkpoints.flatMap((one) => findModel(one.id, checkpoints) ?? []);
  return (
    <Popover
      label={NAME[place]}
      align="start"
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      trigger={{
        variant: 'quiet',
        className: styles.trigger,
        'aria-label': `${NAME[place]}: ${label}`,
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
                place={place}
                current={entry.id === id}
                where={whereIs(entry, missing.get(entry.id))}
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
                    place={place}
                    current={entry.id === id}
                    where="on this device"
                    closes={closes}
                  />
                ))}
              </ul>
            </section>
          ) : null}
          <button
            type="button"
            className={styles.add}
            onClick={() => openCheckpointDialog(place)}
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
  readonly place: ModelPlace;
  readonly current: boolean;
  readonly where: string;
  readonly closes: PopoverCloser;
}

function Row({ entry, place, current, where, closes }: RowProps) {
  return (
    <li>
      <button
        type="button"
        className={styles.model}
        aria-current={current}
        onClick={() => CHOOSE[place](entry.id)}
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

/** What the chosen model is, in one line. */
export function ModelFacts({ place = 'model' }: { readonly place?: ModelPlace }) {
  const model = useModel(place);
  return model ? <span title={model.summary}>{sizes(model)}</span> : null;
}

function sizes({ tokens, bytes }: Pick<LabModel, 'tokens' | 'bytes'>): string {
  return `${tokens.count} × ${tokens.bits} bits, ${formatBytes(bytes)}`;
}

/** Where a bundled model lies, as far as that has been found out. */
function whereIs({ bytes }: Pick<LabModel, 'bytes'>, missing = bytes): string {
  if (missing === 0) return 'on this device';
  // Models share files: one may be here in part before it was ever chosen.
  return missing < bytes ? `${formatBytes(missing)} to load` : 'loads when chosen';
}
