// Lengths of time as people type them: `12h`, `30d`, `1y`.

const unitMs: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_536_000_000 };

/** Milliseconds, or undefined where the text is no length of time. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})([mhdwy])$/.exec(text);
  return match ? Number(match[1]) * unitMs[match[2]!]! : undefined;
}
