import { type RefObject, useEffect, useRef } from 'react';
import { Button } from '../../../ui/Button';
import { Progress } from '../../../ui/Progress';
import { useMaybeSignal, useSignal } from '../../../views/signal';
import { EnergyLegend } from '../../../views/tokens/EnergyLegend';
import { TokenRow } from '../../../views/tokens/TokenRow';
import { EditFold } from '../edit/EditFold';
import { useEditor } from '../edit/use-editor';
import { useLab, useLabState, useLead, useModel, useSettings } from '../lab-context';
import type { Energies, EnergyWatch } from './energy-watch';
import styles from './TokenEnergy.module.css';
import { isManySteps, useEnergyWatch } from './use-energy';

/** The tokens of the lead, each with the colour of what it changes. */
export function TokenEnergy() {
  const lab = useLab();
  const { kept, session, held } = lab;
  const lead = useLead();
  const picture = useSignal(lead.opened);
  const ids = picture?.ids ?? null;
  const steps = useLabState((state) => state.steps);
  const seed = useLabState((state) => state.seed);
  const sampling = lab.models.samplingOf(picture?.model ?? lead.model, { steps, seed });
  const watch = useEnergyWatch(lab, lead, ids, sampling);
  const energies = useMaybeSignal(watch?.energies);
  const showIds = useSettings((settings) => settings.ids ?? false);
  const own = picture?.own ?? ids;
  useEffect(() => {
    // What was held is a token of the picture that is gone.
    if (own) held.set(null);
  }, [own, held]);
  useRelease();
  const section = useRef<HTMLElement>(null);
  useUndoKeys(section);
  return (
    <section className={styles.row} aria-label="What each token does" ref={section}>
      <TokenRow
        ids={ids}
        kept={kept}
        inspected={session.inspected}
        held={held}
        energy={energies?.scale ?? null}
        showIds={showIds}
      />
      <div className={styles.foot}>
        {isManySteps(sampling?.steps) ? (
          <p className={styles.why}>
            No colours here: {lab.models.label(lead.model)} draws the whole picture anew from noise for every
            token, in {sampling?.steps} steps. Drawn in one step it would show what each token does.
          </p>
        ) : (
          <EnergyLegend />
        )}
        {watch && energies ? <Work watch={watch} energies={energies} /> : null}
      </div>
      <EditFold />
    </section>
  );
}

/** Computes the rest where it is slow, with progress. */
function Work({ watch, energies }: { readonly watch: EnergyWatch; readonly energies: Energies }) {
  const { known, shares, running, asks, problem, base } = energies;
  const ordered = useModel(useLead())?.tokens.ordered ?? true;
  if (running) {
    return (
      <div className={styles.work}>
        <Progress
          label={`${known} of ${shares.length} tokens`}
          name="Computing what each token does"
          share={known / shares.length}
        />
        <Button size="sm" onClick={() => watch.cancel()}>
          Stop
        </Button>
      </div>
    );
  }
  if (problem) return <p className={styles.why}>{`${problem.message} ${problem.hint}`}</p>;
  if (asks) {
    return (
      <Button size="sm" onClick={() => void watch.run()}>
        Show what each token does
      </Button>
    );
  }
  if (base === null) return null;
  const from = base === 'mean' ? 'from the picture it draws without any token' : 'from plain grey';
  return (
    <p className={styles.note}>
      {ordered ? '' : 'In the order of the row, which means nothing to this model. '}
      {`Token 1 is counted ${from}.`}
    </p>
  );
}

/** Undo and redo by keys while the focus is in the section, or nowhere because what had it is gone. */
function useUndoKeys(section: RefObject<HTMLElement | null>): void {
  const editor = useEditor();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      const target = event.target as Node;
      if (target !== document.body && !section.current?.contains(target)) return;
      const { past, future } = editor.history.store.getState();
      if ((event.shiftKey ? future : past).length === 0) return;
      event.preventDefault();
      if (event.shiftKey) editor.redo();
      else editor.undo();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [editor, section]);
}

/** Escape releases the token that is held, wherever the focus is, unless something else takes the key. */
function useRelease(): void {
  const { held } = useLab();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && held.get() !== null) held.set(null);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [held]);
}
