import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { sha256OfId } from '../../core/link/tokenizer-file';
import { originLabel } from '../../core/link/tokenizer-origin';
import { Button } from '../../ui/Button';
import { formatBytes, formatInteger } from '../../ui/format';
import { RareIcon } from '../../ui/RareIcon';
import styles from './AddTokenizer.module.css';
import { useColumnIds, useLab, useOwnTokenizers } from './context';
import { columnIdOf, remove, rename, restore } from './own-changes';
import type { OwnTokenizer } from './own-tokenizers';
import { PickerRow } from './PickerRow';
import { matches } from './picker-groups';

interface ListProps {
  /** What is searched for. */
  readonly query: string;
  /** Whether no more can be shown. */
  readonly isFull: boolean;
}

/** The visitor's own tokenizers: to be shown, renamed and deleted. */
export function UserTokenizers({ query, isFull }: ListProps) {
  const heading = useId();
  const { own, columns } = useLab();
  const { tokenizers, removed } = useOwnTokenizers();
  const found = tokenizers.filter(({ name, kind, origin = '' }) => matches(query, [name, kind, origin]));
  if (found.length === 0 && !removed) return null;
  const undo = async () => {
    const restored = await restore(own);
    if (restored && restored.column >= 0) columns.add(columnIdOf(restored.tokenizer), restored.column);
  };
  return (
    <section aria-labelledby={heading}>
      <p id={heading} className={styles.heading}>
        Your files
      </p>
      <ul className={styles.list}>
        {found.map((tokenizer) => (
          <Row key={tokenizer.id} tokenizer={tokenizer} isFull={isFull} />
        ))}
        {removed ? (
          <li className={styles.removed} role="status">
            <span>
              <strong>{removed.tokenizer.name}</strong> was deleted.
            </span>
            <Button size="sm" onClick={() => void undo()}>
              Undo
            </Button>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly tokenizer: OwnTokenizer;
  readonly isFull: boolean;
}

function Row({ tokenizer, isFull }: RowProps) {
  const { id, name, kind, size, vocabularySize, sha256, files, origin } = tokenizer;
  const { own, columns } = useLab();
  const shown = useColumnIds();
  const [isRenaming, setRenaming] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const mine = shown.filter((column) => sha256OfId(column) === sha256);
  const isShown = mine.length > 0;
  const facts = `${kind === 'vocab.json + merges.txt' ? 'vocab + merges' : kind} · ${formatBytes(size)} · ${formatInteger(vocabularySize)} tokens`;
  if (isRenaming) {
    return (
      <li>
        <Rename
          name={name}
          onDone={(wanted) => {
            setRenaming(false);
            if (wanted !== null) void rename(own, id, wanted);
            requestAnimationFrame(() => pencil.current?.focus());
          }}
        />
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <PickerRow
        isChecked={isShown}
        isDisabled={isFull && !isShown}
        label={name}
        detail={[facts, origin && `from ${originLabel(origin)}`, files && 'until you close this tab']
          .filter(Boolean)
          .join(' · ')}
        title={`sha256 ${sha256}`}
        onToggle={() => {
          if (isShown) for (const column of mine) columns.remove(column);
          else columns.add(columnIdOf(tokenizer));
        }}
      />
      <Button
        ref={pencil}
        variant="quiet"
        size="sm"
        icon={<RareIcon name="pencil" size={14} />}
        aria-label={`Rename ${name}`}
        onClick={() => setRenaming(true)}
      />
      <Button
        variant="quiet"
        size="sm"
        icon={<RareIcon name="trash" size={14} />}
        aria-label={`Delete ${name}`}
        onClick={() => {
          for (const column of mine) columns.remove(column);
          void remove(own, id, shown.indexOf(mine[0] ?? ''));
        }}
      />
    </li>
  );
}

function Rename({
  name,
  onDone,
}: {
  readonly name: string;
  readonly onDone: (wanted: string | null) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    onDone(field.current?.value ?? null);
  };
  return (
    <form className={styles.rename} onSubmit={handleSubmit}>
      <input
        ref={field}
        aria-label={`New name of ${name}`}
        defaultValue={name}
        maxLength={80}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // Escape closes the field, not the whole menu.
          event.preventDefault();
          event.stopPropagation();
          onDone(null);
        }}
      />
      <Button type="submit" size="sm">
        Rename
      </Button>
    </form>
  );
}
