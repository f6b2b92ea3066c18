/** The code point that GPT-2's byte-level encoding writes each byte as. */
export const letterOfByte: Uint32Array = new Uint32Array(256);

/** The inverse. */
export const byteOfLetter = new Map<number, number>();

let next = 256;
for (let byte = 0; byte < 256; byte++) {
  const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  letterOfByte[byte] = printable ? byte : next++;
  byteOfLetter.set(letterOfByte[byte]!, byte);
}
