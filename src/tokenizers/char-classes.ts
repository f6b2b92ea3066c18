/** Tests of single code points, as Rust's `char` methods define them; answers are cached. */
function classOf(pattern: RegExp): (point: number) => boolean {
  const known = new Map<number, boolean>();
  return (point) => {
    let answer = known.get(point);
    if (answer === undefined) {
      answer = pattern.test(String.fromCodePoint(point));
      known.set(point, answer);
    }
    return answer;
  };
}

/** `char::is_whitespace`: White_Space. */
export const isWhitespace = classOf(/^\p{White_Space}$/u);

/** `char::is_numeric`: N. */
export const isNumeric = classOf(/^\p{N}$/u);

/** ASCII punctuation and symbols, and P. */
export const isPunctuation = classOf(/^[!-/:-@[-`{-~\p{P}]$/u);

/** Mn. */
export const isNonspacingMark = classOf(/^\p{Mn}$/u);

/** M. */
export const isMark = classOf(/^\p{M}$/u);

/** Cc, Cf, Co and Cs, but not the unassigned. */
export const isOther = classOf(/^[\p{Cc}\p{Cf}\p{Co}\p{Cs}]$/u);

/** `\w` of Rust regular expressions. */
export const isWord = classOf(/^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u);
