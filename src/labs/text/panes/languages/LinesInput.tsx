import { useState } from 'react';
import { formatInteger } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import study from '../../study.module.css';
import { MAX_LINES_LENGTH } from './settings';

export interface LinesInputProps {
  readonly lines: string;
  readonly onChange: (lines: string) => void;
}

/** Parallel lines to paste. What does not fit is refused as a whole and said. */
export function LinesInput({ lines, onChange }: LinesInputProps) {
  const [refused, setRefused] = useState(0);
  return (
    <div>
      <textarea
        className={study.input}
        aria-label="The same text, one language a line"
        placeholder={
          'One language a line; the first is what the others are compared with.\nA name may stand before a tab.'
        }
        rows={5}
        spellCheck={false}
        dir="auto"
        value={lines}
        onChange={({ currentTarget: { value } }) => {
          setRefused(value.length > MAX_LINES_LENGTH ? value.length : 0);
          if (value.length <= MAX_LINES_LENGTH) onChange(value);
        }}
      />
      {refused > 0 ? (
        <Notice
          tone="warning"
          title={`These lines would be ${formatInteger(refused)} characters long; at most ${formatInteger(MAX_LINES_LENGTH)} fit.`}
          onDismiss={() => setRefused(0)}
        >
          The lines travel in the link. Compare shorter parts of the texts.
        </Notice>
      ) : null}
    </div>
  );
}
