import { type CheckpointPlan, inPrecision, type Precision } from '../../../engine/weights/plan';
import { Choice } from '../../../ui/Choice';
import { formatBytes } from '../../../ui/format';
import { useLab } from '../lab-context';
import { misfit, setPrecision } from './actions';
import { useAdding } from './adding';

/** What each precision means; the figure is that of docs/benchmarks.md. */
const WORDS: Readonly<Record<Precision, { readonly name: string; readonly detail: string }>> = {
  full: { name: 'Full precision', detail: 'The weights as they were published.' },
  half: {
    name: 'Half precision',
    detail:
      'Weights rounded to 16 bits as they arrive. Pictures of our test models differ by two levels of 255 at most.',
  },
};

/** The choice of the precision to keep a checkpoint in; renders nothing where its weights leave no choice. */
export function PrecisionChoice({ plan }: { readonly plan: CheckpointPlan }) {
  const lab = useLab();
  const device = useAdding((state) => state.device);
  if (plan.halfBytes === null) return null;
  const options = (['full', 'half'] as const).map((value) => {
    const candidate = inPrecision(plan, value);
    const { name, detail } = WORDS[value];
    return {
      value,
      label: `${name}, ${formatBytes(candidate.bytes)}`,
      detail: misfit(lab, candidate, device) ? `${detail} Too large for this device.` : detail,
    };
  });
  return (
    <Choice
      legend="Keep in"
      options={options}
      value={plan.precision}
      onChange={(precision) => setPrecision(lab, precision)}
    />
  );
}
