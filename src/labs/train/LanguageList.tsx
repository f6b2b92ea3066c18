import { declarationLanguages } from '../../catalog/declaration';
import { Button } from '../../ui/Button';
import { useLab, useTrain } from './context';
import styles from './Panels.module.css';

/** Which languages of the Declaration are learned from. */
export function LanguageList() {
  const { session } = useLab();
  const languages = useTrain(({ corpus }) => corpus.languages);
  const chosen = new Set(languages);
  const set = (codes: readonly string[]) => session.choose({ languages: codes });
  return (
    <>
      <div className={styles.row}>
        <Button size="sm" onClick={() => set(declarationLanguages.map(({ code }) => code))}>
          All
        </Button>
        <Button size="sm" onClick={() => set(['eng'])}>
          English only
        </Button>
        <span className={styles.note} role="status">
          {chosen.size} of {declarationLanguages.length} languages
        </span>
      </div>
      <fieldset className={styles.panel} aria-label="Languages">
        <div className={styles.languages}>
          {declarationLanguages.map(({ code, name }) => (
            <label key={code} className={styles.language}>
              <input
                type="checkbox"
                checked={chosen.has(code)}
                onChange={({ currentTarget }) => {
                  const next = new Set(chosen);
                  if (currentTarget.checked) next.add(code);
                  else next.delete(code);
                  // In the catalogue's order, so that the same set is the same text.
                  set(declarationLanguages.map((one) => one.code).filter((one) => next.has(one)));
                }}
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}
