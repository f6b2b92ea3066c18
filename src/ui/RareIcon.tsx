import {
  Code,
  Copy,
  Dices,
  Download,
  type LucideIcon,
  Pause,
  Pencil,
  Play,
  QrCode,
  Quote,
  Share2,
  StepBack,
  StepForward,
  Trash2,
} from 'lucide-react';
import { draw } from './Icon';

/** By what they mean on this page. */
const ICONS = {
  download: Download,
  pencil: Pencil,
  trash: Trash2,
  dice: Dices,
  qr: QrCode,
  share: Share2,
  embed: Code,
  copy: Copy,
  cite: Quote,
  play: Play,
  pause: Pause,
  back: StepBack,
  step: StepForward,
} satisfies Record<string, LucideIcon>;

/** The same for parts of the page that are loaded later: a first visit does without these. */
export function RareIcon({ name, size = 16 }: { readonly name: keyof typeof ICONS; readonly size?: number }) {
  return draw(ICONS[name], size);
}
