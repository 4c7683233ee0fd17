// How much of a case's time is left, in words and as a share of all it had.

interface Clocked {
  minutesLeft: number | null;
  readyAt: string | null;
  dueAt: string | null;
  paused: boolean;
}

export function timeLeft({ minutesLeft, paused }: Clocked): string {
  if (minutesLeft === null) return 'no clock runs';
  const minutes = Math.abs(minutesLeft);
  const words = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return `${minutesLeft < 0 ? `${words} late` : words}${paused ? ', paused' : ''}`;
}

/** 1 when it has just begun, 0 when it is due. */
export function shareLeft({ minutesLeft, readyAt, dueAt }: Clocked, now: number): number {
  if (minutesLeft === null || minutesLeft <= 0) return 0;
  const from = readyAt === null ? now : Date.parse(readyAt);
  const all = dueAt === null ? 0 : (Date.parse(dueAt) - from) / 60_000;
  return all <= 0 ? 1 : Math.min(1, minutesLeft / all);
}
