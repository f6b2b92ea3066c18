import { useEffect, useId, useRef } from 'react';
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
const NOTHING = {};

/** The question at the end of the page; its answer is worked out once it is asked. */
export function NeedSection() {
  const needing = needingOf(useLab());
  const isOpen = useStore(needing.store, (state) => state.isOpen);
  const body = useId();
  return (
    <section className={styles.section} aria-labelledby={`${body}-title`}>
      <h2 id={`${body}-title`} className={styles.title}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={body}
          onClick={() => needing.toggle()}
        >
          <Icon name="down" />
          How many tokens does this picture need?
        </button>
      </h2>
      <div id={body} hidden={!isOpen}>
        {isOpen ? <Later load={loadPanel} props={NOTHING} /> : null}
      </div>
    </section>
  );
}

const NO_FILES = { files: [], unread: 0 };

function opened(unread: number): string {
  return unread === 0
    ? 'the first picture is open'
    : `${unread === 1 ? 'one' : formatInteger(unread)} could not be read, and the first picture that could is open`;
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
        title={`${set.name} were dropped: ${opened(unread)}.`}
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
