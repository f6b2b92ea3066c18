import { ExperimentRunner } from '../../experiments/run.client';
import type { LabHost, LabInstance } from '../lab';
import { citationOf } from './cite';
import { PapersLabContext } from './context';
import { describeLink, onLinkChange, openLink, writeLink } from './link';
import { PapersLabView } from './PapersLabView';
import { PapersSession } from './session';
import { takeDrop } from './take-drop';

/** A papers lab as the page holds it. Its worker starts with the first run. */
export function create(host: LabHost): LabInstance {
  const session = new PapersSession(new ExperimentRunner());
  const lab = { host, session };
  return {
    render: () => (
      <PapersLabContext value={lab}>
        <PapersLabView />
      </PapersLabContext>
    ),
    write: (short) => writeLink(session, short),
    open: (part) => openLink(session, part),
    onChange: (listener) => onLinkChange(session, listener),
    describe: (short) => describeLink(session, short),
    async cite() {
      const { loaded } = session.get();
      return loaded ? citationOf(loaded.paper) : [];
    },
    takeDrop: (transfer) => takeDrop(lab, transfer),
    dispose: () => session.dispose(),
  };
}
