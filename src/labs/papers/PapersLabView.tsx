import { DropOverlay } from '../../views/intake/DropOverlay';
import { useDropTarget } from '../../views/intake/use-drop-target';
import { Later } from '../../views/Later';
import { useLab, usePapers } from './context';
import { ExperimentPage } from './ExperimentPage';
import { takeDrop } from './take-drop';

/** All papers' facts are in it; who opens one by its address does not wait for them. */
const loadCatalogue = async () => (await import('./Catalogue')).Catalogue;

/** The papers lab: all experiments, or the open one, which takes what is dropped on it. */
export function PapersLabView() {
  const lab = useLab();
  const id = usePapers((state) => state.id);
  const { isOver, handlers } = useDropTarget((transfer) => takeDrop(lab, transfer));
  if (id === null) return <Later load={loadCatalogue} props={{}} />;
  return (
    <div {...handlers}>
      <ExperimentPage key={id} />
      {isOver ? <DropOverlay title="Drop a text for this experiment" detail="A plain text file" /> : null}
    </div>
  );
}
