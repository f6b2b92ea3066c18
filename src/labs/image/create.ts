import { createElement } from 'react';
import type { LabHost, LabInstance } from '../lab';
import { describeExperiment, leadOnly } from './describe';
import { ImageLabView } from './ImageLabView';
import { ImageLab } from './image-lab';
import { linkFormat } from './link-format';

/** An image lab. */
export function create(host: LabHost): LabInstance {
  const lab = new ImageLab(host);
  return {
    render: () => createElement(ImageLabView, { lab }),
    write: (short = false) =>
      linkFormat.write(short ? leadOnly(lab.session.experiment()) : lab.session.experiment()),
    open(part) {
      const problems: string[] = [];
      lab.session.show(linkFormat.read(part, problems));
      return problems;
    },
    onChange: (listener) => lab.onChange(listener),
    describe: (short) => describeExperiment(lab.session.experiment(), lab.models, short),
    takeDrop: (transfer) => void lab.intake.take(transfer),
    dispose: () => lab.dispose(),
  };
}
