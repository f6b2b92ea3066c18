import { useState } from 'react';
import { Button } from '../../../../ui/Button';
import { formatInteger } from '../../../../ui/format';
import { Notice } from '../../../../ui/Notice';
import study from '../../study.module.css';
import { MAX_LINES_LENGTH } from './settings';

export interface LinesInputProps {
  readonly lines: string;
  /** Whether these are the text's, and whether that has more of them. */
  readonly isText: boolean;
  readonly isCut: boolean;
  /** @param lines null for those of the text */
  readonly onChange: (lines: string | null) => void;
}

/** Parallel lines: the text's at first, to be changed or pasted. What does not fit is refused as a whole and said. */
export function LinesInput({ lines, isText, isCut, onChange }: LinesInputProps) {
  const [refused, setRefused] = useState(0);
  return (
    <div className={study.pane}>
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
      {isText && lines !== '' ? (
        <p className={study.small}>
          {isCut
            ? `The lines of the text above, as many as fit into ${formatInteger(MAX_LINES_LENGTH)} characters`
            : 'The lines of the text above'}
          : each is taken for the same text in another language. Changes made here stay here.
        </p>
      ) : null}
      {isText ? null : (
        <div>
          <Button
            size="sm"
            onClick={() => {
              setRefused(0);
              onChange(null);
            }}
          >
            Use the lines of the text
          </Button>
        </div>
      )}
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
