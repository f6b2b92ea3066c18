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

/** A whole number to type. A typed value in range counts at once; leaving the field corrects any other. */
export function NumberField({ id, label, value, min, max, onChange, className }: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const type = (text: string) => {
    setDraft(text);
    const typed = Number(text);
    if (text !== '' && Number.isInteger(typed) && typed >= min && typed <= max) onChange(typed);
  };
  const settle = () => {
    if (draft !== null && draft.trim() !== '' && Number.isFinite(Number(draft))) {
      onChange(Math.min(max, Math.max(min, Math.round(Number(draft)))));
    }
    setDraft(null);
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
        if (event.key === 'Escape') setDraft(null);
      }}
      onFocus={(event) => event.target.select()}
    />
  );
}
