import type { LabHost, LabInstance } from '../lab';
import { TextLabContext } from './context';
import { TextLabView } from './TextLabView';
import { createTextLab } from './text-lab';

/** A text lab as the page holds it. */
export function create(host: LabHost): LabInstance {
  const lab = createTextLab(host);
  const { link } = lab;
  return {
    render: () => (
      <TextLabContext value={lab}>
        <TextLabView />
      </TextLabContext>
    ),
    write: (short) => link.write(short),
    open: (part) => link.open(part),
    onChange: (listener) => link.onChange(listener),
    describe: (short) => link.describe(short),
    takeDrop: (transfer) => lab.drops.take(transfer),
    dispose: () => lab.dispose(),
  };
}
