import { useId, useState } from 'react';
import { imageFacts } from '../../../measures/image-facts';
import { Select } from '../../../ui/Select';
import styles from './NeedPanel.module.css';
import type { NeedQuestion } from './need-model';
import { measureOf } from './protocol';
import { questionOf, stepOf } from './targets';

const MEASURES = imageFacts.map(({ id, label }) => ({ id, name: label }));

/** "To reach PSNR of at least 20 dB", to change. */
export function Question({
  question,
  onChange,
}: {
  readonly question: NeedQuestion;
  readonly onChange: (question: NeedQuestion) => void;
}) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const measure = measureOf(question.measure);
  const { better } = question;
  const isUsual = question.value === questionOf(question.measure).value;
  const type = (text: string) => {
    setDraft(text);
    if (text.trim() !== '' && Number.isFinite(Number(text))) onChange({ ...question, value: Number(text) });
  };
  return (
    <div className={styles.question}>
      <label htmlFor={`${id}-measure`}>To reach</label>
      <Select
        id={`${id}-measure`}
        value={question.measure}
        options={MEASURES}
        onChange={(next) => {
          setDraft(null);
          onChange(questionOf(next));
        }}
      />
      <label htmlFor={`${id}-target`}>of at {better === 'higher' ? 'least' : 'most'}</label>
      <input
        id={`${id}-target`}
        className={styles.number}
        type="number"
        inputMode="decimal"
        step={stepOf(measure)}
        value={draft ?? question.value}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setDraft(null)}
      />
      {measure.unit ? <span>{measure.unit}</span> : null}
      {isUsual && measure.id !== 'legibility' ? (
        <span className={styles.hint}>
          There the bundled models’ pictures become recognisable. For sharp ones, ask for better.
        </span>
      ) : null}
    </div>
  );
}
