import { AgreedSample } from '../../../views/token-text/AgreedSample';
import { isFinest } from '../agreement';
import { useColumnTokenizers } from '../context';
import styles from './AgreementLegend.module.css';

/** What the colours mean while tokens are coloured by agreement, and which columns are left out of it. */
export function AgreementLegend() {
  const entries = useColumnTokenizers();
  const compared = entries.filter(({ id }) => !isFinest(id));
  const left = entries.filter(({ id }) => isFinest(id)).map(({ label }) => label);
  if (compared.length < 2) {
    return <p className={styles.legend}>Add a second tokenizer to see where the two differ.</p>;
  }
  return (
    <p className={styles.legend}>
      <span>
        <AgreedSample kind="shared">same</AgreedSample> all columns have this token
      </span>
      <span>
        <AgreedSample kind="differs">other</AgreedSample> not in every column
      </span>
      <span>
        <AgreedSample kind="opens">cut</AgreedSample> a boundary that not every column has
      </span>
      {left.length > 0 ? <span>{left.join(' and ')} left out: cut everywhere</span> : null}
    </p>
  );
}
