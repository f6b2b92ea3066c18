import type { ReactNode } from 'react';
import { Segmented } from '../../ui/Segmented';
import { ModelChoice, type ModelKind } from '../experiment/ModelChoice';
import styles from './PairFields.module.css';

export interface Field {
  readonly label: string;
  readonly values: readonly number[];
  readonly value: number;
  readonly say?: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** What is chosen of a draft and a target. */
interface Pair {
  readonly model: ModelKind;
  /** How far the draft network was trained. */
  readonly moment: 'early' | 'middle' | 'late';
  /** What n-grams read and write. */
  readonly unit: 'tokens' | 'bytes';
  /** Tokens of an n-gram of the draft. */
  readonly order: number;
}

interface PairFieldsProps {
  readonly pair: Pair;
  readonly onPair: (change: Partial<Pair>) => void;
  readonly fields: readonly Field[];
  readonly children?: ReactNode;
}

const units = [
  { value: 'tokens', label: '512 tokens' },
  { value: 'bytes', label: 'bytes' },
] as const;

const moments = [
  { value: 'early', label: 'for 2 %' },
  { value: 'middle', label: 'for 15 %' },
  { value: 'late', label: 'to the end' },
] as const;

/** Settings of the two models, and more of an experiment's own. */
export function PairFields({ pair, onPair, fields, children }: PairFieldsProps) {
  const { model, moment, unit, order } = pair;
  return (
    <>
      <PairNote pair={pair} />
      <div className={styles.fields}>
        <div className={styles.field}>
          <ModelChoice
            label="Both models are"
            value={model}
            learned="n-grams, learned from this text"
            network="networks of 3 M and 0.3 M parameters (3.5 MB)"
            onChange={(next) => onPair({ model: next })}
          />
        </div>
        {model === 'network' ? (
          <Setting label="The draft model was trained">
            <Segmented
              label="The draft model was trained"
              size="sm"
              options={moments}
              value={moment}
              onChange={(next) => onPair({ moment: next })}
            />
          </Setting>
        ) : (
          <>
            <Setting label="Both models read and write">
              <Segmented
                label="Both models read and write"
                size="sm"
                options={units}
                value={unit}
                onChange={(next) => onPair({ unit: next })}
              />
            </Setting>
            <Numbers
              label={`${unit === 'tokens' ? 'Tokens' : 'Bytes'} that the draft model looks back`}
              values={[0, 1, 2, 3]}
              value={order - 1}
              onChange={(back) => onPair({ order: back + 1 })}
            />
          </>
        )}
        {fields.map((field) => (
          <Numbers key={field.label} {...field} />
        ))}
        {children}
      </div>
    </>
  );
}

/** What the two models are. */
function PairNote({ pair: { model, unit } }: { readonly pair: Pair }) {
  return model === 'learned' ? (
    <p>
      Both models are n-grams with Kneser-Ney smoothing, learned from four fifths of your text. The target
      model looks back {unit === 'tokens' ? '3 tokens' : '5 bytes'}.
    </p>
  ) : (
    <p>
      Both models are transformers over bytes, trained on books in seven languages. The draft model has a
      tenth of the target model’s size. They have not learned from this text, but may know a well-known book.
      Each place takes milliseconds, so fewer prompts are continued.
    </p>
  );
}

function Setting({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles.field}>
      <span>{label}</span>
      {children}
    </div>
  );
}

function Numbers({ label, values, value, say = String, onChange }: Field) {
  // A value of a link that is none of these is offered as well.
  const all = values.includes(value) ? values : [...values, value].sort((a, b) => a - b);
  return (
    <Setting label={label}>
      <Segmented
        label={label}
        size="sm"
        options={all.map((each) => ({ value: String(each), label: say(each) }))}
        value={String(value)}
        onChange={(each) => onChange(Number(each))}
      />
    </Setting>
  );
}
