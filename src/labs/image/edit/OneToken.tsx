import { type FormEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { Codebook } from '../../../core/image/codebook';
import { withId } from '../../../core/image/token-edits';
import { Button } from '../../../ui/Button';
import { formatSignificant } from '../../../ui/format';
import { NumberField } from '../../../ui/NumberField';
import { useLab, useLead, useModel } from '../lab-context';
import styles from './EditTools.module.css';
import type { ToolProps } from './tool-props';
import { useEditor } from './use-editor';

/** Near codes that are offered. */
const OFFERED = 6;

export interface OneTokenProps extends Pick<ToolProps, 'ids' | 'at'> {
  readonly onChoose: (at: number) => void;
}

/** Changes one token: to another id, to a code near to its own, or to the one that adds least. */
export function OneToken({ ids, at, onChoose }: OneTokenProps) {
  const { models } = useLab();
  const editor = useEditor();
  const model = useModel(useLead());
  const codes = useStore(editor.store, (state) => state.codes);
  const name = useId();
  const id = ids[at]!;
  const size = model?.tokens.codebookSize ?? 2 ** 16;
  return (
    <section className={styles.group} aria-label="One token">
      <h3>One token</h3>
      <div className={styles.fields}>
        <span className={styles.field}>
          <label htmlFor={name}>Token</label>
          <NumberField
            id={name}
            label="Token to change"
            className={styles.number}
            min={1}
            max={ids.length}
            value={at + 1}
            onChange={(next) => onChoose(next - 1)}
          />
        </span>
        <IdField id={id} size={size} onSet={(next) => editor.edit(withId(ids, at, next))} />
      </div>
      {codes && 'book' in codes ? (
        <Codes
          book={codes.book}
          at={at}
          id={id}
          bits={model?.tokens.bits ?? 16}
          onSet={(next) => editor.edit(withId(ids, at, next))}
        />
      ) : (
        <p className={styles.facts}>
          {model ? `${model.tokens.bits} bits. ` : ''}
          {codes?.missing ?? `The codebook of ${models.label(model?.id ?? '')} is not read yet.`}
        </p>
      )}
    </section>
  );
}

/** An id to type: it counts with Enter, or when the field is left. */
function IdField({
  id,
  size,
  onSet,
}: {
  readonly id: number;
  readonly size: number;
  readonly onSet: (id: number) => void;
}) {
  const name = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const typed = Number(draft);
  const isValid = draft === null || (/^\d+$/.test(draft.trim()) && typed < size);
  const settle = () => {
    if (draft !== null && isValid) onSet(typed);
    setDraft(null);
  };
  return (
    <form
      className={styles.field}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        settle();
      }}
    >
      <label htmlFor={name}>Id</label>
      <input
        id={name}
        className={styles.number}
        inputMode="numeric"
        aria-label="Id of the token"
        aria-invalid={!isValid}
        title={`A whole number from 0 to ${size - 1}`}
        value={draft ?? id}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={settle}
        onFocus={(event) => event.target.select()}
      />
    </form>
  );
}

interface CodesProps {
  readonly book: Codebook;
  readonly at: number;
  readonly id: number;
  readonly bits: number;
  readonly onSet: (id: number) => void;
}

function Codes({ book, at, id, bits, onSet }: CodesProps) {
  const least = book.leastOf(at);
  return (
    <>
      <p className={styles.facts}>
        {bits} bits. {book.describe(at, id)}
      </p>
      <div>
        <p className={styles.facts}>Nearest codes, with their distance:</p>
        <ul className={styles.codes}>
          {book.nearest(at, id, OFFERED).map((code, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the focus stays where it is when the codes change
            <li key={i}>
              <Button size="sm" onClick={() => onSet(code.id)} aria-label={`Change to id ${code.id}`}>
                <span className={styles.code}>{code.id}</span>
                <small>{formatSignificant(code.distance)}</small>
              </Button>
            </li>
          ))}
        </ul>
      </div>
      <div className={styles.fields}>
        <Button
          size="sm"
          disabled={least === undefined || least === id}
          onClick={() => least !== undefined && onSet(least)}
        >
          Mask this token
        </Button>
        <p className={styles.facts}>
          {least === undefined
            ? 'Not here: each bit is a plus or a minus, so no code adds nothing.'
            : `Masked means: the code that adds least, ${least}.`}
        </p>
      </div>
    </>
  );
}
