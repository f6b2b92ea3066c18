import { useSignal } from '../../../views/signal';
import { useLabState, useLead } from '../lab-context';

/** Whether the picture is here as tokens only: it came in a link, without the photograph. */
export function useFromLink(): boolean {
  const picture = useSignal(useLead().opened);
  const isAsked = useLabState(({ wanted }) => wanted?.kind === 'tokens');
  return picture ? picture.original === null : isAsked;
}
