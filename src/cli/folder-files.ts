import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { badArguments } from './command';

/** As the page sorts a dropped folder (views/intake/folders.ts). */
const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** A file of a folder. */
export interface FolderFile {
  readonly path: string;
  /** Its path within the folder. */
  readonly name: string;
  readonly bytes: number;
}

/**
 * All files of a folder in the page's order: by name, those of subfolders after its own, hidden ones left out.
 * @throws TokenoscopeError `bad-arguments` where it cannot be read
 */
export async function filesOfFolder(folder: string): Promise<FolderFile[]> {
  const found: FolderFile[] = [];
  const visit = async (directory: string): Promise<void> => {
    const entries = (await readdir(directory, { withFileTypes: true })).filter(
      ({ name }) => !name.startsWith('.'),
    );
    entries.sort((a, b) => byName.compare(a.name, b.name));
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const path = join(directory, entry.name);
      found.push({ path, name: relative(folder, path), bytes: (await stat(path)).size });
    }
    for (const entry of entries) if (entry.isDirectory()) await visit(join(directory, entry.name));
  };
  try {
    await visit(folder);
  } catch {
    throw badArguments(`"${folder}" is not a folder that can be read.`);
  }
  return found;
}
