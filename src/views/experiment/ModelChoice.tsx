import { useId } from 'react';
import { Select } from '../../ui/Select';

/** What an experiment's models may be: learned from the visitor's text at once, or networks of the page, which are loaded. */
export type ModelKind = 'learned' | 'network';

interface ModelChoiceProps {
  /** "Models". */
  readonly label: string;
  readonly value: ModelKind;
  /** What is learned: "n-grams". */
  readonly learned: string;
  /** What is loaded, with its size. */
  readonly network: string;
  readonly onChange: (value: ModelKind) => void;
}

/** A label and a list, as two elements of whatever is around them. */
export function ModelChoice({ label, value, learned, network, onChange }: ModelChoiceProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={value}
        options={[
          { id: 'learned', name: learned },
          { id: 'network', name: network },
        ]}
        onChange={(next) => onChange(next === 'network' ? 'network' : 'learned')}
      />
    </>
  );
}
