import { useSignal } from '../../../views/signal';
import { useLab, useLead } from '../lab-context';
import { samePicture } from '../source';

/** Whether the square of the picture on screen is being chosen. */
export function useCropping(): boolean {
  const chosen = useSignal(useLab().cropping);
  const picture = useSignal(useLead().opened);
  return chosen !== null && picture?.file != null && samePicture(chosen, picture.source);
}
