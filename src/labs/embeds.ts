import type { LabModule } from './lab';

const modules = import.meta.glob<LabModule>('./*/embed.tsx');

/** The labs that embed.html shows, by id: each shows its experiment alone. A lab's embed.tsx is the only step to add one. */
export const embeds: Readonly<Record<string, () => Promise<LabModule>>> = Object.fromEntries(
  Object.entries(modules).map(([path, load]) => [path.split('/')[1]!, load]),
);
