import { type MouseEvent, useId } from 'react';
import { textTokenizers } from '../../catalog/tokenizers';
import { FilePicker } from '../../views/pickers/FilePicker';
import { focusByLetter } from '../../views/pickers/type-ahead';
import styles from './AddTokenizer.module.css';
import { ClosedModels } from './ClosedModels';
import { useColumnIds, useLab } from './context';
import { TOKENIZER_FILES } from './tokenizer-files';
import { UserTokenizers } from './UserTokenizers';

/** The tokenizers that are not shown yet, the visitor's own, and the way in for files. */
export function AddTokenizerMenu() {
  const { columns, intake } = useLab();
  const shown = useColumnIds();
  const bundled = useId();
  const others = textTokenizers.filter(({ id }) => !shown.includes(id));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: letters move the focus between its buttons
    <div className={styles.menu} onKeyDown={focusByLetter}>
      <div className={styles.lists}>
        <UserTokenizers onChosen={close} />
        {others.length > 0 ? (
          <section aria-labelledby={bundled}>
            <p id={bundled} className={styles.heading}>
              Bundled
            </p>
            <ul className={styles.list}>
              {others.map(({ id, label, models, publisher, summary }) => (
                <li key={id}>
                  <button
                    type="button"
                    className={styles.item}
                    title={summary}
                    onClick={(event) => {
                      columns.add(id);
                      close(event);
                    }}
                  >
                    <span className={styles.label}>{label}</span>
                    <span className={styles.detail}>{models?.slice(0, 2).join(', ') ?? publisher}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <ClosedModels />
      </div>
      <div className={styles.open}>
        <FilePicker
          accept={TOKENIZER_FILES}
          multiple
          className={styles.picker}
          onPick={(files, input) => {
            void intake.take(files, { as: 'tokenizer' });
            closest(input)?.hidePopover();
          }}
        >
          Open a tokenizer file…
        </FilePicker>
        <p className={styles.hint}>
          tokenizer.json, .tiktoken, SentencePiece .model, or vocab.json with merges.txt. Or drop it, or its
          folder, anywhere here. It stays on this device.
        </p>
      </div>
    </div>
  );
}

function close(event: MouseEvent<HTMLElement>): void {
  closest(event.currentTarget)?.hidePopover();
}

function closest(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>('[popover]');
}
