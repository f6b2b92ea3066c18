import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { LabHost } from '../lab';
import type { PapersSession } from './session';
import type { PapersState } from './state';

/** One papers lab on a page. */
export interface PapersLab {
  readonly host: LabHost;
  readonly session: PapersSession;
}

export const PapersLabContext = createContext<PapersLab | null>(null);

/** The lab that a view is part of. */
export function useLab(): PapersLab {
  const lab = useContext(PapersLabContext);
  if (!lab) throw new Error('A part of the papers lab was rendered outside of one.');
  return lab;
}

export function usePapers<T>(select: (state: PapersState) => T): T {
  return useStore(useLab().session.store, select);
}
