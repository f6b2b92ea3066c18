import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Settings } from '../lab';
import type { ImageLab } from './image-lab';
import type { Lane, LaneState } from './lane';
import type { CheckpointsState, LabModel } from './models';
import { type ImageLabState, tokenCount } from './store';

/** The lab that a view belongs to. */
export const LabContext = createContext<ImageLab | null>(null);

export function useLab(): ImageLab {
  const lab = useContext(LabContext);
  if (!lab) throw new Error('A part of the image lab was rendered outside of one.');
  return lab;
}

export function useLabState<T>(select: (state: ImageLabState) => T): T {
  return useStore(useLab().store, select);
}

export function useLaneState<T>(lane: Lane, select: (state: LaneState) => T): T {
  return useStore(lane.store, select);
}

export function useCheckpoints<T>(select: (state: CheckpointsState) => T): T {
  return useStore(useLab().models.store, select);
}

export function useSettings<T>(select: (settings: Settings) => T): T {
  return useStore(useLab().host.settings, select);
}

/** The lane whose tokens the slider shows. */
export function useLead(): Lane {
  return useLabState(({ lanes }) => lanes[0]!);
}

/** What is known about a lane's model before it is loaded. */
export function useModel(lane: Lane): LabModel | undefined {
  const { models } = useLab();
  useCheckpoints((state) => state.checkpoints);
  return models.find(useLaneState(lane, ({ model }) => model));
}

/** K, the number of tokens of the lead; undefined where a link names a checkpoint that is not here. */
export function useTokenCount(): number | undefined {
  const { models } = useLab();
  useModel(useLead());
  return useLabState((state) => tokenCount(state, models));
}

/** The models of all lanes, in their order. */
export function useModelIds(): readonly string[] {
  const lanes = useLabState((state) => state.lanes);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = lanes.map((lane) => lane.store.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [lanes],
  );
  // One text, which stays the same while its models do.
  return JSON.parse(useSyncExternalStore(subscribe, () => JSON.stringify(lanes.map(({ model }) => model))));
}
