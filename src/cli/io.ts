/** What a command may touch of its surroundings; tests pass their own. */
export interface CliIo {
  /** All of standard input, raw. */
  stdin(): Promise<Uint8Array>;
  stdout(text: string): void;
  /** The same for bytes that need not be text. */
  stdoutBytes?(bytes: Uint8Array): void;
  stderr(text: string): void;
}
