import type { Shell } from './shell';

/** Goes to a lab of the same room, and drops a file there. */
export async function giveFile(shell: Shell, lab: string, file: File): Promise<void> {
  await shell.openLab(lab, shell.store.getState().room);
  const transfer = new DataTransfer();
  transfer.items.add(file);
  if (shell.store.getState().lab.id === lab) shell.takeDrop(transfer);
}
