import { useId } from 'react';
import { DEFAULT_PATTERN, SPECIAL } from '../../tokenizers/train/defaults';
import { NumberField } from '../../ui/NumberField';
import { Select } from '../../ui/Select';
import { useLab, useTrain } from './context';
import type { LibDraft } from './draft';
import styles from './Panels.module.css';
import { PATTERNS } from './patterns';

const OWN = 'own';

/** What is rarely changed, folded away. */
export function MorePanel() {
  const { session } = useLab();
  const draft = useTrain((state) => state.draft);
  const { kind, minFrequency, lowercase, seed, lib } = draft;
  const isMerging = kind === 'bpe' || kind === 'superbpe' || kind === 'wordpiece';
  const set = (change: Partial<LibDraft>) => session.set({ lib: { ...lib, ...change } });
  return (
    <details className={styles.more}>
      <summary>More</summary>
      <div className={styles.fields}>
        {isMerging ? (
          <Whole
            label="Least frequency"
            about="A pair that occurs less often is not joined."
            value={minFrequency}
            min={0}
            max={1_000_000}
            onChange={(value) => session.set({ minFrequency: value })}
          />
        ) : null}
        {kind === 'bpe' || kind === 'superbpe' ? <Pattern /> : null}
        {kind === 'wordpiece' ? (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={lowercase}
              onChange={({ currentTarget }) => session.set({ lowercase: currentTarget.checked })}
            />
            Lower case, without accents
          </label>
        ) : null}
        {kind === 'lib' ? (
          <>
            <Whole
              label="Sentences a step"
              value={lib.sentences}
              min={1}
              max={10_000}
              onChange={(sentences) => set({ sentences })}
            />
            <Whole
              label="Longest chunk"
              about="In characters; 0 for no limit."
              value={lib.longest}
              min={0}
              max={200}
              onChange={(longest) => set({ longest })}
            />
            <Whole
              label="Pairs memorized, %"
              about="α: the share of neighbouring chunks that becomes a chunk."
              value={Math.round(lib.inRate * 100)}
              min={0}
              max={100}
              onChange={(percent) => set({ inRate: percent / 100 })}
            />
            <Whole
              label="Tail on probation, %"
              about="ω: the share of the lexicon that must prove itself again at each step."
              value={Math.round(lib.outRate * 100)}
              min={0}
              max={100}
              onChange={(percent) => set({ outRate: percent / 100 })}
            />
            <Whole
              label="Probation, steps"
              value={lib.life}
              min={1}
              max={1000}
              onChange={(life) => set({ life })}
            />
            <Whole
              label="Move by, %"
              about="Δ: how far a chunk moves in the lexicon when it helps or does not."
              value={Math.round(lib.updateRate * 100)}
              min={0}
              max={100}
              onChange={(percent) => set({ updateRate: percent / 100 })}
            />
            <Whole
              label="Seed"
              about="The same seed gives the same lexicon."
              value={seed}
              min={0}
              max={2 ** 32 - 1}
              onChange={(value) => session.set({ seed: value })}
            />
          </>
        ) : (
          <Special />
        )}
      </div>
    </details>
  );
}

interface WholeProps {
  readonly label: string;
  readonly about?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

function Whole({ label, about, ...field }: WholeProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <NumberField id={id} label={label} className={styles.number} {...field} />
      {about ? <span className={styles.about}>{about}</span> : null}
    </div>
  );
}

/** How texts are divided before merging: one of a list, or one's own. */
function Pattern() {
  const { session } = useLab();
  const pattern = useTrain(({ draft }) => draft.pattern);
  const id = useId();
  const known = PATTERNS.find((one) => one.pattern === pattern)?.id ?? OWN;
  return (
    <div className={styles.wide}>
      <label htmlFor={id}>Pattern: where no token may cross</label>
      <Select
        id={id}
        value={known}
        options={[...PATTERNS, { id: OWN, name: 'Own expression' }]}
        onChange={(next) => {
          const found = PATTERNS.find((one) => one.id === next);
          // A known one with a space less is the start of one's own.
          session.set({ pattern: found ? found.pattern : `${pattern ?? DEFAULT_PATTERN}|\\s` });
        }}
      />
      {known === OWN ? (
        <textarea
          className={styles.area}
          aria-label="Own expression"
          spellCheck={false}
          maxLength={2000}
          value={pattern ?? ''}
          onChange={({ currentTarget }) => session.set({ pattern: currentTarget.value || null })}
        />
      ) : null}
    </div>
  );
}

function Special() {
  const { session } = useLab();
  const kind = useTrain(({ draft }) => draft.kind);
  const special = useTrain(({ draft }) => draft.special);
  const id = useId();
  const shown = special ?? SPECIAL[kind];
  return (
    <div className={styles.wide}>
      <label htmlFor={id}>Special tokens, one a line</label>
      <textarea
        id={id}
        className={styles.area}
        spellCheck={false}
        value={shown.join('\n')}
        onChange={({ currentTarget: { value } }) =>
          session.set({ special: value === '' ? [] : value.split('\n').slice(0, 64) })
        }
      />
      {kind === 'unigram' || kind === 'wordpiece' ? (
        <span className={styles.about}>The first one stands for what is unknown.</span>
      ) : null}
    </div>
  );
}
