import { useId, useState } from 'react';
import { imageFacts } from '../../../measures/image-facts';
import { Button } from '../../../ui/Button';
import { Select } from '../../../ui/Select';
import styles from './NeedPanel.module.css';
import type { NeedQuestion } from './need-model';
import { measureOf } from './protocol';
import { namedTargets, questionOf, stepOf } from './targets';

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
  const named = namedTargets(question);
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
      {named.length > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would break the sentence
        <span role="group" aria-label="Targets by name" className={styles.named}>
          {named.map(({ name, value }) => (
            <Button
              key={name}
              size="sm"
              variant="quiet"
              pressed={question.value === value}
              onClick={() => {
                setDraft(null);
                onChange({ ...question, value });
              }}
            >
              {name}
            </Button>
          ))}
        </span>
      ) : null}
    </div>
  );
}
