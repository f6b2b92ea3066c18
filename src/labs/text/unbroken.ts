/** A name whose number does not begin a line of its own: "Gemma 3". */
export function unbroken(label: string): string {
  return label.replace(/ (?=\S{1,3}$)/u, '\u00a0');
}
