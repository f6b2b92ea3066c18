import { useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button';
import { formatInteger } from '../../../ui/format';
import { Icon } from '../../../ui/Icon';
import { Notice } from '../../../ui/Notice';
import { Later } from '../../../views/Later';
import { useSignal } from '../../../views/signal';
import { useLab, useModelIds } from '../lab-context';
import styles from './NeedSection.module.css';
import { needingOf } from './needing';
import { setOfFiles } from './picture-sets';

const loadPanel = async () => (await import('./NeedPanel')).NeedPanel;

/** Beside the number of tokens: takes to the question at the end of the page, and asks it. */
export function NeedButton() {
  const needing = needingOf(useLab());
  return (
    <Button size="sm" variant="quiet" className={styles.ask} onClick={() => needing.open()}>
      How many are enough?
    </Button>
  );
}

/** The question at the end of the page; its answer is worked out once it is asked. */
export function NeedSection() {
  const needing = needingOf(useLab());
  const isOpen = useStore(needing.store, (state) => state.isOpen);
  const asked = useStore(needing.store, (state) => state.asked);
  // What was asked before the lab was last shown takes nobody here.
  const [before] = useState(asked);
  const body = useId();
  const toggle = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asked > before) toggle.current?.focus({ preventScroll: true });
  }, [asked, before]);
  return (
    <section className={styles.section} aria-labelledby={`${body}-title`}>
      <h2 id={`${body}-title`} className={styles.title}>
        <button
          ref={toggle}
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={body}
          onClick={() => (isOpen ? needing.close() : needing.open())}
        >
          <Icon name="down" />
          How many tokens does this picture need?
        </button>
      </h2>
      <div id={body} hidden={!isOpen}>
        {isOpen ? <Later load={loadPanel} props={{ asked: asked - before }} /> : null}
      </div>
    </section>
  );
}

const NO_FILES = { files: [], unread: 0 };

/** What became of files that were dropped together. */
function outcome(unread: number, count: number): string {
  if (unread === 0) return 'the first picture is open';
  if (unread === count) return 'none could be read whole';
  return `${formatInteger(unread)} could not be read, the first picture that could is open`;
}

/** Where more than one picture was dropped: the first is open, and all can be measured. */
export function Offer() {
  const lab = useLab();
  const { files, unread } = useSignal(lab.together);
  const models = useModelIds().filter((id) => lab.models.find(id));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The drop may have been at the end of the page.
    if (files.length > 1) box.current?.scrollIntoView({ block: 'nearest' });
  }, [files]);
  if (files.length < 2) return null;
  const set = setOfFiles(files, lab);
  const measure = () => {
    lab.together.set(NO_FILES);
    void needingOf(lab).measure(set, models);
  };
  return (
    <div ref={box} className={styles.offer}>
      <Notice
        tone="info"
        title={`${set.name} were dropped: ${outcome(unread, files.length)}.`}
        onDismiss={() => lab.together.set(NO_FILES)}
        actions={
          <Button size="sm" onClick={measure}>
            Measure all
          </Button>
        }
      >
        Measuring all finds how many tokens each of them needs.
      </Notice>
    </div>
  );
}
