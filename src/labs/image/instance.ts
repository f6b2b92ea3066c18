import type { ReactNode } from 'react';
import type { LabInstance } from '../lab';
import { describeExperiment, leadOnly } from './describe';
import type { ImageLab } from './image-lab';
import { linkFormat } from './link-format';

/** A lab as a page holds it. @param render the whole lab, or its experiment alone */
export function instanceOf(lab: ImageLab, render: () => ReactNode): LabInstance {
  const { session, models } = lab;
  return {
    render,
    write: (short = false) => linkFormat.write(short ? leadOnly(session.experiment()) : session.experiment()),
    open(part) {
      const problems: string[] = [];
      session.show(linkFormat.read(part, problems));
      return problems;
    },
    onChange: (listener) => lab.onChange(listener),
    describe: (short) => describeExperiment(session.experiment(), models, short),
    async cite() {
      const { citeModels } = await import('./cite');
      return citeModels(
        session.experiment().lanes.map(({ model }) => model),
        models,
      );
    },
    takeDrop: (transfer) => void lab.intake.take(transfer),
    dispose: () => lab.dispose(),
  };
}
