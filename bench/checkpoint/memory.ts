import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Resident memory of the largest process whose command line has all words, in bytes; undefined outside Linux. */
function residentMemory(words: readonly string[]): number | undefined {
  if (!existsSync('/proc/self/status')) return undefined;
  const sizes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((id) => {
      try {
        const command = readFileSync(`/proc/${id}/cmdline`, 'utf8');
        if (!words.every((word) => command.includes(word))) return 0;
        const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'));
        return Number(resident?.[1] ?? 0) * 1024;
      } catch {
        return 0; // it has ended meanwhile
      }
    });
  return Math.max(...sizes);
}

/** Watches the largest such process five times a second. @returns the way to stop, which gives the peak in bytes */
export function watchMemory(...words: string[]): () => number | undefined {
  let peak = residentMemory(words);
  const timer = setInterval(() => {
    const now = residentMemory(words);
    if (now !== undefined) peak = Math.max(peak ?? 0, now);
  }, 200);
  return () => {
    clearInterval(timer);
    return peak;
  };
}
