import { Later } from '../../views/Later';
import styles from './Tokens.module.css';

const loadRow = async () => (await import('./energy/TokenEnergy')).TokenEnergy;

/** The tokens of the lead and what each of them does. */
export function Tokens() {
  return (
    <div className={styles.tokens}>
      <Later load={loadRow} props={{}} />
    </div>
  );
}
