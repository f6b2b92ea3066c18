import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { officialOf } from '../../../catalog/checkpoints';
import { parseCheckpointId } from '../../../core/image/checkpoint-id';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import { Notice } from '../../../ui/Notice';
import { Progress } from '../../../ui/Progress';
import { HubForm } from '../../../views/pickers/HubForm';
import type { ImageLab } from '../image-lab';
import { allFiles } from '../intake';
import { useLab, useSettings } from '../lab-context';
import styles from './AddCheckpoint.module.css';
import { lookAtFiles, lookUp, putAway, refreshList, stop } from './actions';
import { stateOf, useAdding } from './adding';
import { CheckpointFiles } from './CheckpointFiles';
import { Found } from './Found';
import { Kept } from './Kept';
import { prepareCatalogue } from './official/get';
import { OfficialModels } from './official/OfficialModels';

/** Loads an official checkpoint into the page by hub id, by address, or from files. */
export function AddCheckpoint() {
  const lab = useLab();
  const title = useId();
  const others = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    void refreshList(lab);
    const { dialog: asked, dropped } = lab.store.getState();
    if (dropped.length > 0) void lookAtFiles(lab, dropped);
    else if (asked?.wanted && stateOf(lab).phase !== 'keeping') void lookUpAnother(lab, asked.wanted);
  }, [lab]);
  const close = () => {
    const { phase, official } = stateOf(lab);
    // A model that was asked for by name comes without another question.
    const goesOn = phase === 'keeping' || (phase === 'looking' && official !== null);
    if (phase === 'looking' && !goesOn) stop(lab);
    if (!goesOn) putAway(lab);
    lab.store.setState({ dialog: null, dropped: [] });
  };
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={title}
      onClose={close}
      onClick={(event) => {
        // Only the backdrop is the dialog itself: everything else lies on its panel.
        if (event.target === dialog.current) dialog.current.close();
      }}
      onKeyDown={() => {}}
      {...dropHandlers(lab)}
    >
      <div className={styles.panel}>
        <header className={styles.head}>
          <h2 id={title} className={styles.title}>
            Add a checkpoint
          </h2>
          <Button
            variant="quiet"
            size="sm"
            icon={<Icon name="close" />}
            aria-label="Close"
            onClick={() => dialog.current?.close()}
          />
        </header>
        <p className={styles.lead}>
          Official weights run in this page. What you add is kept in this browser, works offline, and is never
          uploaded.
        </p>
        <OfficialModels close={() => dialog.current?.close()} />
        <section className={styles.others} aria-labelledby={others}>
          <h3 id={others} className={styles.subtitle}>
            Another checkpoint
          </h3>
          <Sources />
          <Outcome close={() => dialog.current?.close()} />
        </section>
        <Kept />
      </div>
    </dialog>
  );
}

/** Looks for what a link names; the row of an official model does that itself. */
async function lookUpAnother(lab: ImageLab, wanted: string): Promise<void> {
  await prepareCatalogue(lab);
  const id = parseCheckpointId(wanted);
  const repository = id?.kind === 'hub' ? id.repository : undefined;
  const official = repository === undefined ? undefined : officialOf(repository);
  if (!official || !stateOf(lab).catalogue?.includes(official.series)) await lookUp(lab, wanted);
}

/** The dialog takes what is dropped on it; the page behind must not. */
const dropHandlers = (lab: ImageLab) => ({
  onDragEnter: (event: DragEvent) => event.stopPropagation(),
  onDragLeave: (event: DragEvent) => event.stopPropagation(),
  onDragOver: (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
  },
  onDrop: (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    void allFiles(event.dataTransfer).then((files) => lookAtFiles(lab, files));
  },
});

function Sources() {
  const lab = useLab();
  const hub = useSettings((state) => state.hub);
  const busy = useAdding(({ phase }) => phase === 'looking' || phase === 'keeping');
  const [text, setText] = useState(() => shown(lab.store.getState().dialog?.wanted ?? ''));
  return (
    <div className={styles.sources}>
      <HubForm
        text={text}
        onText={setText}
        placeholder="turing-motors/One-D-Piece-S-256"
        action="Look"
        disabled={busy}
        onSubmit={() => void lookUp(lab, text)}
        hub={hub}
        onHub={(changed) => lab.host.settings.setState({ hub: changed })}
      />
      <CheckpointFiles disabled={busy} />
    </div>
  );
}

/** What was found, the progress of adding it, or what went wrong. */
function Outcome({ close }: { readonly close: () => void }) {
  const lab = useLab();
  const { phase, problem, plan, added, official } = useAdding((state) => state);
  const place = useRef<HTMLDivElement>(null);
  const isShown = official === null && (phase === 'looking' || plan || problem || added);
  // The list of official models is above: what comes of this form may be out of sight.
  useEffect(() => {
    if (isShown) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isShown]);
  if (official !== null) return null;
  return (
    <div ref={place} className={styles.outcome} aria-live="polite">
      {phase === 'looking' ? (
        <div className={styles.row}>
          <div className={styles.grow}>
            <Progress label="Looking at what it is" />
          </div>
          <Button size="sm" variant="quiet" onClick={() => stop(lab)}>
            Cancel
          </Button>
        </div>
      ) : null}
      {problem ? (
        <Notice tone="error" title={problem.message}>
          <Hint text={problem.hint} />
        </Notice>
      ) : null}
      {plan ? <Found plan={plan} /> : null}
      {added ? (
        <Notice
          tone="done"
          title={`${added.name} is on this device.`}
          actions={
            <Button size="sm" variant="primary" onClick={close}>
              Show it
            </Button>
          }
        >
          Choose it in the model menu at any time.
        </Notice>
      ) : null}
    </div>
  );
}

/** What to do next; a command has a line of its own. */
function Hint({ text }: { readonly text: string }) {
  const [words, command] = text.split('\n');
  const [copied, setCopied] = useState(false);
  if (!command) return words;
  const copy = () =>
    navigator.clipboard.writeText(command).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <>
      <p>{words}</p>
      <code className={styles.command}>{command}</code>
      <Button size="sm" onClick={() => void copy()}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </>
  );
}

/** A link's id as a visitor would type it. */
function shown(wanted: string): string {
  return wanted.startsWith('hf:') ? wanted.slice('hf:'.length) : '';
}
