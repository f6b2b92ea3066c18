/** A duration in everyday words: "3 s", "2 min", "1.5 h"; "under 1 s" where it is short. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return 'under 1 s';
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return seconds < 5700 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
