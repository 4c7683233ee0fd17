// Lines that have nothing to send, for a while: the next study may come soon, and an association costs several round trips.

import type { Line } from './line.ts';

export const limits = {
  /** How long a line that has nothing to send stays open. */
  idleLineMs: 10_000,
} as const;

export class IdleLines {
  readonly #resting: { line: Line; timer: NodeJS.Timeout }[] = [];

  take(): Line | undefined {
    const resting = this.#resting.pop();
    clearTimeout(resting?.timer);
    return resting?.line;
  }

  rest(line: Line): void {
    const timer = setTimeout(() => {
      this.#resting.splice(
        this.#resting.findIndex((resting) => resting.line === line),
        1,
      );
      line.close().catch(() => undefined);
    }, limits.idleLineMs).unref();
    this.#resting.push({ line, timer });
  }

  async close(): Promise<void> {
    for (let line = this.take(); line !== undefined; line = this.take()) await line.close().catch(() => undefined);
  }
}
