import { type DragEvent, useState } from 'react';
import { collect } from '../../views/intake/collect';
import { DropOverlay } from '../../views/intake/DropOverlay';
import { linkIn } from '../../views/intake/links';
import { Later } from '../../views/Later';
import { useLab, usePapers } from './context';
import { ExperimentPage } from './ExperimentPage';

/** All papers' facts are in it; who opens one by its address does not wait for them. */
const loadCatalogue = async () => (await import('./Catalogue')).Catalogue;

/** The papers lab: all experiments, or the open one, which takes what is dropped on it. */
export function PapersLabView() {
  const { session, host } = useLab();
  const id = usePapers((state) => state.id);
  const [isDropping, setDropping] = useState(false);
  if (id === null) return <Later load={loadCatalogue} props={{}} />;
  const handleDrop = (event: DragEvent) => {
    setDropping(false);
    const { files, text } = collect(event.dataTransfer);
    const isField = event.target instanceof Element && event.target.closest('input, textarea') !== null;
    const hash = linkIn(text.plain, location.href);
    if (files.length === 0 && !hash && isField) return;
    event.preventDefault();
    if (files.length > 0) void session.take(files);
    else if (hash) host.openLink(hash);
    else if (text.plain) session.takeText(text.plain);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target; the same is reachable by button and paste
    <div
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={handleDrop}
    >
      <ExperimentPage key={id} />
      {isDropping ? <DropOverlay title="Drop a text for this experiment" detail="A plain text file" /> : null}
    </div>
  );
}
