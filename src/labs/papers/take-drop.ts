import { collect, type Transfer } from '../../views/intake/collect';
import { linkIn } from '../../views/intake/links';
import type { PapersLab } from './context';

/** Takes a text or its file for the open experiment, and opens a link of this page. Call it in the drop's own task. */
export function takeDrop({ session, host }: PapersLab, transfer: Transfer): void {
  const { files, text } = collect(transfer);
  if (session.get().id === null) return;
  const hash = linkIn(text.plain, location.href);
  if (files.length > 0) void session.take(files);
  else if (hash) host.openLink(hash);
  else if (text.plain) session.takeText(text.plain);
}
