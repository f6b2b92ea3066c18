import { useEffect, useState } from 'react';
import { codecId } from '../../../core/image/codec-id';
import type { CodecFacts } from '../../../engine/image/codecs/codec';
import { bundledModels } from '../../../engine/image/models';
import { missingBytes } from '../../../engine/image/stored-models';
import { formatBytes } from '../../../ui/format';
import { Icon } from '../../../ui/Icon';
import type { PopoverCloser } from '../../../ui/Popover';
import { useAdding } from '../checkpoints/adding';
import type { AddingState } from '../checkpoints/adding-state';
import { useCheckpoints, useLab, useLabState, useLaneState } from '../lab-context';
import type { Lane } from '../lane';
import { canDraw } from '../load';
import { sizes } from '../ModelFacts';
import type { LabModel } from '../models';
import styles from './ModelMenu.module.css';

export interface ModelMenuProps {
  /** The lane that it chooses for; the lead where it adds one. */
  readonly lane: Lane;
  /** What is chosen now; empty where it adds a lane. */
  readonly current: string;
  /** Whether codecs can be chosen as well: the lead needs tokens. */
  readonly hasCodecs: boolean;
  /** Nothing is looked up before it is. */
  readonly isOpen: boolean;
  readonly onChoose: (id: string) => void;
  readonly closes: PopoverCloser;
}

/** Every model, codec and checkpoint, with what each costs to load. */
export function ModelMenu({ lane, current, hasCodecs, isOpen, onChoose, closes }: ModelMenuProps) {
  const lab = useLab();
  const { models, recent, store } = lab;
  const source = useLabState((state) => state.wanted ?? state.source);
  const { checkpoints, codecs } = useCheckpoints((state) => state);
  const [missing, setMissing] = useState<ReadonlyMap<string, number>>(new Map());
  const isReady = useLaneState(lane, ({ phase }) => phase === 'ready');
  // Again when a model has been loaded while the menu is open: it is on this device now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: being ready is the occasion, not a value
  useEffect(() => {
    if (!isOpen) return;
    void missingBytes(bundledModels, document.baseURI).then(setMissing);
    void models.listOnce();
    if (hasCodecs) lab.codecs().catch(() => {}); // models can be chosen without them
  }, [isOpen, isReady, models, lab, hasCodecs]);
  const coming = useAdding(comingOf);
  const own = checkpoints.flatMap((one) => models.find(one.id) ?? []);
  const whereOf = (model: string, where: string) =>
    isOpen && source && !canDraw({ models, recent }, model, source)
      ? 'not for the tokens of this link'
      : where;
  const row = (entry: LabModel, where: string) => (
    <Row
      key={entry.id}
      name={entry.label}
      figures={`${sizes(entry)} · ${whereOf(entry.id, where)}`}
      summary={entry.summary}
      current={entry.id === current}
      onChoose={() => onChoose(entry.id)}
      closes={closes}
    />
  );
  const bundled = bundledModels.map((entry) => row(entry, whereIs(entry, missing.get(entry.id))));
  return (
    <div className={styles.menu}>
      <div className={styles.choices}>
        {hasCodecs && codecs.length > 0 ? (
          <section aria-label="Codecs">
            <h3 className={styles.heading}>Codecs</h3>
            <ul className={styles.pairs}>
              {codecs.map((entry) => (
                <Row
                  key={entry.id}
                  name={entry.label}
                  figures={costOf(entry)}
                  summary={entry.note}
                  current={codecId(entry.id) === current}
                  onChoose={() => onChoose(codecId(entry.id))}
                  closes={closes}
                />
              ))}
            </ul>
          </section>
        ) : null}
        <section aria-label="Models">
          {hasCodecs ? <h3 className={styles.heading}>Models</h3> : null}
          <ul className={styles.list}>{bundled}</ul>
        </section>
        {own.length > 0 ? (
          <section aria-label="Your checkpoints">
            <h3 className={styles.heading}>Your checkpoints</h3>
            <ul className={styles.list}>{own.map((entry) => row(entry, 'on this device'))}</ul>
          </section>
        ) : null}
      </div>
      <button
        type="button"
        className={styles.add}
        onClick={() => store.setState({ dialog: { lane, wanted: '' }, dropped: [] })}
        {...closes}
      >
        <Icon name="plus" size={14} />
        <span>
          Add a checkpoint…
          <span className={styles.note}>
            {coming ?? 'TiTok, One-D-Piece and other official models, by name'}
          </span>
        </span>
      </button>
    </div>
  );
}

/** What is being added, in words; undefined where nothing is. */
function comingOf({ phase, plan, official, progress }: AddingState): string | undefined {
  if (phase !== 'keeping' || !plan) return undefined;
  const share = progress ? `, ${Math.floor((100 * progress.loaded) / progress.total)} %` : '';
  return `${official ?? plan.name} is being added${share}`;
}

interface RowProps {
  readonly name: string;
  readonly figures: string;
  readonly summary: string;
  readonly current: boolean;
  readonly onChoose: () => void;
  readonly closes: PopoverCloser;
}

function Row({ name, figures, summary, current, onChoose, closes }: RowProps) {
  return (
    <li>
      <button type="button" className={styles.model} aria-current={current} onClick={onChoose} {...closes}>
        <span className={styles.name}>
          <span>{name}</span>
          {current ? <Icon name="check" size={14} /> : null}
        </span>
        <span className={styles.figures}>{figures}</span>
        <span className={styles.summary}>{summary}</span>
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

function costOf({ bytes, licence }: CodecFacts): string {
  return bytes === 0 ? licence : `${formatBytes(bytes)} to load · ${licence}`;
}
