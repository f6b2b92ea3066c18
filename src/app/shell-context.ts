import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Settings } from '../labs/lab';
import type { Shell } from './shell';
import type { ShellState } from './shell-state';

export const ShellContext = createContext<Shell | null>(null);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('A part of the shell was rendered outside of it.');
  return shell;
}

export function useShellState<T>(select: (state: ShellState) => T): T {
  return useStore(useShell().store, select);
}

export function useSettings<T>(select: (settings: Settings) => T): T {
  return useStore(useShell().host.settings, select);
}
