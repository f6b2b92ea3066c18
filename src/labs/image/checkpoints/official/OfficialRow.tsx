import { useEffect, useId, useRef, useState } from 'react';
import { bytesOf, type CheckpointSeries, type OfficialCheckpoint } from '../../../../catalog/checkpoints';
import { parseCheckpointId } from '../../../../core/image/checkpoint-id';
import type { Precision } from '../../../../engine/weights/plan';
import { Button } from '../../../../ui/Button';
import { formatBytes } from '../../../../ui/format';
import { Icon } from '../../../../ui/Icon';
import { useCheckpoints, useLab, useLabState, useSettings } from '../../lab-context';
import { choose, deleteCheckpoint, goOn, stop } from '../actions';
import { useAdding } from '../adding';
import { DeleteButton } from '../DeleteButton';
import { formatParameters, formatTimes, formatTokens, timesOf } from './figures';
import { getOfficial } from './get';
import { OfficialDetails } from './OfficialDetails';
import styles from './OfficialModels.module.css';
import { OfficialOutcome } from './OfficialOutcome';
import { type OfficialStatus, statusOf } from './status';

/** What a row's button does next. */
interface Next {
  readonly label: string;
  /** For screen readers, behind the label and the checkpoint's name. */
  readonly more?: string;
  readonly isMain?: boolean;
  readonly isDisabled?: boolean;
  readonly act: () => void;
}

export interface OfficialRowProps {
  readonly series: CheckpointSeries;
  readonly checkpoint: OfficialCheckpoint;
  /** Closes the dialog. */
  readonly close: () => void;
}

/** One official checkpoint: its figures, what state it is in, and one button for what comes next. */
export function OfficialRow({ series, checkpoint, close }: OfficialRowProps) {
  const lab = useLab();
  const details = useId();
  const adding = useAdding((state) => state);
  const kept = useCheckpoints((state) => state.checkpoints);
  const report = useSettings((state) => state.report);
  const main = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  /** Whether its terms, or the way to its file, are on screen. */
  const [asks, setAsks] = useState(false);
  const { label, source } = checkpoint;
  const status = statusOf(checkpoint, adding, kept);
  const isBusy = adding.phase === 'looking' || adding.phase === 'keeping';
  const wanted = useLabState(({ dialog }) => namedBy(checkpoint, dialog?.wanted));
  const row = useRef<HTMLLIElement>(null);
  const get = () => {
    setAsks(false);
    void getOfficial(lab, checkpoint, wanted);
  };
  // What a link names is asked for at once: the visitor said so where the link's picture should be.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the dialog opens
  useEffect(() => {
    if (wanted === undefined) return;
    row.current?.scrollIntoView({ block: 'center' });
    if (series.licence.terms) setAsks(true);
    else if (!isBusy) get();
  }, []);
  const next = nextOf();
  return (
    <li ref={row} className={styles.row} data-state={status.kind}>
      <div className={styles.line}>
        <button
          type="button"
          className={styles.open}
          aria-expanded={isOpen}
          aria-controls={details}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'down' : 'right'} size={12} />
          <span className={styles.label}>{label}</span>
        </button>
        <span className={styles.state}>
          <span className={styles.marks}>
            <StateMark status={status} keepIn={adding.keepIn} />
            {checkpoint.steps === undefined ? null : (
              <span className={styles.mark} data-tone={report?.backend === 'webgpu' ? undefined : 'warning'}>
                WebGPU recommended: it draws in {checkpoint.steps} steps
              </span>
            )}
          </span>
          {status.kind === 'kept' ? (
            <DeleteButton
              name={label}
              back={
                source.kind === 'hub' ? 'It can be downloaded again.' : 'To get it back, give its file again.'
              }
              onDelete={() => {
                main.current?.querySelector('button')?.focus();
                void deleteCheckpoint(lab, status.record.id);
              }}
            />
          ) : null}
        </span>
        <span className={styles.figures}>
          <Figure name="tokens" unit="tokens" text={formatTokens(checkpoint)} />
          <Figure name="parameters of encoder and decoder" text={formatParameters(checkpoint)} />
          <Figure
            name="in full precision"
            text={formatBytes(bytesOf(checkpoint, 'full'))}
            isMuted={!isKeptIn('full')}
          />
          <Figure
            name="in half precision"
            unit="in half"
            text={formatBytes(bytesOf(checkpoint, 'half'))}
            isMuted={!isKeptIn('half')}
          />
          <Figure
            name="to encode and to decode a picture here, estimated"
            unit="a picture"
            text={formatTimes(timesOf(checkpoint, report, adding.pace))}
          />
        </span>
        <span className={styles.actions} ref={main}>
          <Button
            size="sm"
            variant={next.isMain ? 'primary' : 'framed'}
            disabled={next.isDisabled ?? false}
            aria-label={`${next.label} ${label}${next.more ? `, ${next.more}` : ''}`}
            onClick={next.act}
          >
            {next.label}
          </Button>
        </span>
      </div>
      <OfficialOutcome
        series={series}
        checkpoint={checkpoint}
        status={status}
        asks={asks}
        onAccept={get}
        onDecline={() => setAsks(false)}
      />
      <div id={details} hidden={!isOpen}>
        {isOpen ? <OfficialDetails series={series} checkpoint={checkpoint} /> : null}
      </div>
    </li>
  );

  function isKeptIn(precision: 'full' | 'half'): boolean {
    if (status.kind === 'kept') return status.record.precision === precision;
    return (status.kind === 'absent' ? status.precision : adding.keepIn) === precision;
  }

  function nextOf(): Next {
    switch (status.kind) {
      case 'kept':
        return {
          label: 'Show',
          act: () => {
            choose(lab, status.record.id);
            close();
          },
        };
      case 'looking':
      case 'keeping':
        return { label: 'Cancel', act: () => stop(lab) };
      case 'paused':
        return {
          label: 'Resume',
          isMain: true,
          isDisabled: isBusy,
          act: () => void goOn(lab, status.unfinished, label),
        };
      case 'too-large':
        return { label: 'Too large', more: status.reason.message, act: () => setOpen(true) };
      case 'absent':
        if (source.kind === 'page') return { label: 'Get its file…', act: () => setAsks(!asks) };
        return {
          label: 'Download',
          more: formatBytes(bytesOf(checkpoint, 'full')),
          isDisabled: isBusy,
          act: series.licence.terms ? () => setAsks(!asks) : get,
        };
    }
  }
}

/** What a link calls a checkpoint, where it names this one. */
function namedBy({ source }: OfficialCheckpoint, wanted = ''): string | undefined {
  const id = parseCheckpointId(wanted);
  return id?.kind === 'hub' && source.kind === 'hub' && id.repository === source.repository
    ? wanted
    : undefined;
}

interface FigureProps {
  /** What it is of, for screen readers. */
  readonly name: string;
  readonly text: string;
  /** The same in a word or two, where there are no heads of columns. */
  readonly unit?: string;
  /** Where another one counts. */
  readonly isMuted?: boolean;
}

function Figure({ name, text, unit, isMuted = false }: FigureProps) {
  return (
    <span className={styles.figure} data-muted={isMuted}>
      {text}
      {unit ? (
        <span className={styles.unit} aria-hidden="true">
          {` ${unit}`}
        </span>
      ) : null}
      <span className="visually-hidden"> {name}, </span>
    </span>
  );
}

/** What state it is in, under its name; nothing where it is just not here. */
function StateMark({ status, keepIn }: { readonly status: OfficialStatus; readonly keepIn: Precision }) {
  switch (status.kind) {
    case 'kept': {
      const { bytes, precision } = status.record;
      return (
        <span className={styles.mark} data-tone="done">
          <Icon name="check" size={12} />
          On this device, {formatBytes(bytes)}
          {precision === 'half' ? ', half precision' : ''}
        </span>
      );
    }
    case 'absent':
      return status.precision === keepIn ? null : (
        <span className={styles.mark}>Fits in half precision only</span>
      );
    case 'too-large':
      return (
        <span className={styles.mark} data-tone="warning">
          Too large for this device
        </span>
      );
    default:
      return null;
  }
}
