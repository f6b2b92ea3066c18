const CODEC = /^codec:([a-z0-9][a-z0-9-]{0,31})$/;

/** A codec's id where a model's may stand: in a lane, in a link. @param name as in src/engine/image/codecs */
export function codecId(name: string): string {
  return `codec:${name}`;
}

/** The name in a codec's id; undefined for any other id. The codec itself may not be here. */
export function codecName(id: string): string | undefined {
  return CODEC.exec(id)?.[1];
}

/** Whether an id names a codec, known here or not. */
export function isCodecId(id: string): boolean {
  return CODEC.test(id);
}
