import { Later } from '../../../../views/Later';

const load = async () => (await import('./ModelView')).ModelView;

/** The pane, which loads its parts itself: the lab's first code names this file and none of them. */
export function ModelPane() {
  return <Later load={load} props={{}} />;
}
