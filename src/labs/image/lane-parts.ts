import { type ComponentType, createContext, useContext } from 'react';
import type { Lane } from './lane';

/** What stands around a lane's picture: the lab offers choices there, an embedded experiment only names things. */
export interface LaneParts {
  /** The model's name. */
  readonly Title: ComponentType<{ readonly lane: Lane }>;
  /** Removes the lane; absent where nothing can be removed. */
  readonly Close?: ComponentType<{ readonly lane: Lane }>;
  /** Opens the editor of the square that is encoded; `below` where it stands under a lane. Absent where nothing is changed. */
  readonly Crop?: ComponentType<{ readonly lane: Lane; readonly below?: boolean }>;
  /** In the picture's place, where the checkpoint `id` is not on this device. */
  readonly Missing: ComponentType<{ readonly id: string; readonly lane: Lane }>;
}

export const LanePartsContext = createContext<LaneParts | null>(null);

export function useLaneParts(): LaneParts {
  const parts = useContext(LanePartsContext);
  if (!parts) throw new Error('A lane was rendered without what stands around it.');
  return parts;
}
