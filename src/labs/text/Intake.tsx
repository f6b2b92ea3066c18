import { useStore } from 'zustand';
import { Later } from '../../views/Later';
import { useLab } from './context';

const loadReport = async () => (await import('./IntakeReport')).IntakeReport;

/** Messages about files that came in. */
export function Intake() {
  const { intake } = useLab();
  const isQuiet = useStore(intake.store, ({ job, message, place }) => place === 'menu' || (!job && !message));
  return isQuiet ? null : <Later load={loadReport} props={{}} />;
}
