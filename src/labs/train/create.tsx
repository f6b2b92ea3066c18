import { Training } from '../../engine/train/train.client';
import type { LabHost, LabInstance } from '../lab';
import { TrainLabContext } from './context';
import { describeLink, onLinkChange, openLink, writeLink } from './link';
import { TrainSession } from './session';
import { TrainLabView } from './TrainLabView';
import { takeDrop } from './take-drop';

/** A training lab as the page holds it. Its worker starts with the first training. */
export function create(host: LabHost): LabInstance {
  const session = new TrainSession({ training: new Training(), now: () => performance.now() });
  const lab = { host, session };
  return {
    render: () => (
      <TrainLabContext value={lab}>
        <TrainLabView />
      </TrainLabContext>
    ),
    write: (short) => writeLink(session, short),
    open: (part) => openLink(session, part),
    onChange: (listener) => onLinkChange(session, listener),
    describe: (short) => describeLink(session, short),
    takeDrop: (transfer) => takeDrop(lab, transfer),
    dispose: () => session.dispose(),
  };
}
