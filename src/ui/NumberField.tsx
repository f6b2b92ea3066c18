import { useState } from 'react';

export interface NumberFieldProps {
  /** For its `label` element. */
  readonly id: string;
  /** Its name for screen readers. */
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Called with whole numbers in range only. */
  readonly onChange: (value: number) => void;
  readonly className?: string | undefined;
}

/** What has been typed, while it stands for a value. */
interface Draft {
  readonly text: string;
  /** What the value is after it was typed: once that is another one, the draft is out of date. */
  readonly meant: number;
}

/** A whole number to type. A typed value in range counts at once; leaving the field corrects any other. */
export function NumberField({ id, label, value, min, max, onChange, className }: NumberFieldProps) {
  const [typed, setTyped] = useState<Draft | null>(null);
  const draft = typed?.meant === value ? typed.text : null;
  const type = (text: string) => {
    const number = Number(text);
    const counts = text !== '' && Number.isInteger(number) && number >= min && number <= max;
    setTyped({ text, meant: counts ? number : value });
    if (counts) onChange(number);
  };
  const settle = () => {
    if (draft !== null && draft.trim() !== '' && Number.isFinite(Number(draft))) {
      const number = Math.min(max, Math.max(min, Math.round(Number(draft))));
      if (number !== value) onChange(number);
    }
    setTyped(null);
  };
  return (
    <input
      id={id}
      className={className}
      type="number"
      inputMode="numeric"
      aria-label={label}
      min={min}
      max={max}
      step={1}
      value={draft ?? value}
      onChange={(event) => type(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
        if (event.key === 'Escape') setTyped(null);
      }}
      onFocus={(event) => event.target.select()}
    />
  );
}
