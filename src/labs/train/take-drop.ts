import { collect, type Transfer } from '../../views/intake/collect';
import { linkIn } from '../../views/intake/links';
import type { TrainLab } from './context';

/** Takes texts to train on, and opens a link of this page. Call it in the drop's own task. */
export function takeDrop({ session, host }: TrainLab, transfer: Transfer): void {
  const { files, folders, text } = collect(transfer);
  const hash = linkIn(text.plain, location.href);
  if (files.length + folders.length > 0) void session.take(files, folders);
  else if (hash) host.openLink(hash);
  else if (text.plain) session.takeText(text.plain);
}
