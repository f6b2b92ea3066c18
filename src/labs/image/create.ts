import { createElement } from 'react';
import type { LabHost, LabInstance } from '../lab';
import { describeExperiment, leadOnly } from './describe';
import { EmbedView } from './EmbedView';
import { ImageLabView } from './ImageLabView';
import { ImageLab } from './image-lab';
import { linkFormat } from './link-format';

/** An image lab. */
export function create(host: LabHost): LabInstance {
  const lab = new ImageLab(host);
  const { session, models } = lab;
  return {
    render: () => createElement(host.alone ? EmbedView : ImageLabView, { lab }),
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
    onceThere: (work) => lab.onceLeisure(work),
    takeDrop: (transfer) => void lab.intake.take(transfer),
    dispose: () => lab.dispose(),
  };
}
