import {
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  CircleAlert,
  Columns2,
  Contrast,
  Info,
  Link,
  type LucideIcon,
  Moon,
  Plus,
  Search,
  Sun,
  TriangleAlert,
  Upload,
  X,
} from 'lucide-react';

/** By what they mean on this page. */
const ICONS = {
  link: Link,
  check: Check,
  close: X,
  sun: Sun,
  moon: Moon,
  system: Contrast,
  warning: TriangleAlert,
  error: CircleAlert,
  info: Info,
  upload: Upload,
  down: ChevronDown,
  left: ChevronLeft,
  right: ChevronRight,
  compare: Columns2,
  plus: Plus,
  search: Search,
} satisfies Record<string, LucideIcon>;

export type IconName = keyof typeof ICONS;

/** A decorative icon: hidden from screen readers, so its control needs a name of its own. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return draw(ICONS[name], size);
}

export function draw(Drawing: LucideIcon, size: number) {
  // One stroke width on screen, whatever the size.
  return <Drawing size={size} strokeWidth={1.5} absoluteStrokeWidth aria-hidden="true" />;
}
