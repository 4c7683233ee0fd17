// Whether a study, and each of its series, has come as a whole: by what somebody said there would be (MPPS, PS3.4 F;
// Instance Availability, PS3.4 R; the source's own counts; the order), else by quiet that is long for its source. Fed with
// events and moments; keeps no clock. Whatever comes later is late, and makes it incomplete until it is quiet again.

/** Why it counts as complete; `given-up`: something that was announced has not come. */
export type CompleteBecause = 'listed' | 'counted' | 'quiet' | 'given-up';

export type ArrivalEvent =
  | { kind: 'instance'; at: Date; sopInstanceUid: string; seriesInstanceUid: string }
  /** The source was asked (C-FIND, QIDO-RS) or the order says so. `final`: it will not grow. */
  | { kind: 'expected'; at: Date; instances: number; seriesInstanceUid?: string; final: boolean }
  | { kind: 'step'; at: Date; stepUid: string; status: StepStatus; performed: readonly Listed[] }
  /** All that the notification names is at its source. */
  | { kind: 'available'; at: Date; instances: readonly Listed[] };

/** Performed Procedure Step Status (0040,0252). */
export type StepStatus = 'IN PROGRESS' | 'COMPLETED' | 'DISCONTINUED';

export interface Listed {
  seriesInstanceUid: string;
  sopInstanceUids: readonly string[];
}

/** How long nothing comes, in milliseconds, before nothing more is waited for. */
export interface QuietTimes {
  studyMs: number;
  seriesMs: number;
}

export interface Completion {
  complete: boolean;
  because?: CompleteBecause;
  /** How many of those announced are not here. */
  missing: number;
  /** Where it is not complete: when it will be, if nothing comes. */
  until?: Date;
}

export interface Assessment {
  study: Completion;
  /** By Series Instance UID. */
  series: Map<string, Completion>;
  /** Until then nothing changes by itself; absent: it stays as it is until something comes. */
  lookAgainAt?: Date;
}

export const limits = {
  /** A count that may still grow is believed after this long. */
  settleMs: 5000,
  /** What was announced is waited for so many quiet times, and at least so long. */
  patience: 5,
  leastPatienceMs: 10 * 60_000,
  /** A step that never ends holds a study no longer than this after its last instance. */
  stepMs: 4 * 3_600_000,
} as const;

interface Part {
  seen: Set<string>;
  lastAt: number;
  /** When somebody last said what there would be. */
  announcedAt: number;
  longestGapMs: number;
  listed: Set<string>;
  expected?: { instances: number; final: boolean };
}

export class StudyArrival {
  readonly #study = newPart();
  readonly #series = new Map<string, Part>();
  readonly #stepsInProgress = new Set<string>();

  take(event: ArrivalEvent): void {
    const at = event.at.getTime();
    if (event.kind === 'instance') {
      for (const part of [this.#study, this.#part(event.seriesInstanceUid)]) arrive(part, event.sopInstanceUid, at);
    } else if (event.kind === 'expected') {
      const { instances, final, seriesInstanceUid } = event;
      const part = seriesInstanceUid === undefined ? this.#study : this.#part(seriesInstanceUid);
      part.expected = { instances, final };
      part.announcedAt = at;
    } else if (event.kind === 'available') {
      this.#list(event.instances, at);
    } else if (event.status === 'IN PROGRESS') {
      this.#stepsInProgress.add(event.stepUid);
    } else {
      this.#stepsInProgress.delete(event.stepUid);
      this.#list(event.performed, at);
    }
  }

  assess(at: Date, quiet: QuietTimes): Assessment {
    const now = at.getTime();
    const held = this.#stepsInProgress.size > 0;
    const series = new Map<string, Completion>();
    for (const [uid, part] of this.#series) series.set(uid, completionOf(part, now, quiet.seriesMs, false));
    const study = completionOf(this.#study, now, quiet.studyMs, held);
    const next = Math.min(...[study, ...series.values()].map(({ until }) => until?.getTime() ?? Infinity));
    return { study, series, ...(next < Infinity && { lookAgainAt: new Date(next) }) };
  }

  /** The longest that it was quiet before more came: what the source's quiet time is learned from. */
  get longestGaps(): QuietTimes {
    const series = [...this.#series.values()].map(({ longestGapMs }) => longestGapMs);
    return { studyMs: this.#study.longestGapMs, seriesMs: Math.max(0, ...series) };
  }

  #part(seriesInstanceUid: string): Part {
    const part = this.#series.get(seriesInstanceUid) ?? newPart();
    this.#series.set(seriesInstanceUid, part);
    return part;
  }

  #list(listed: readonly Listed[], at: number): void {
    for (const { seriesInstanceUid, sopInstanceUids } of listed) {
      for (const part of [this.#study, this.#part(seriesInstanceUid)]) {
        for (const uid of sopInstanceUids) part.listed.add(uid);
        part.announcedAt = at;
      }
    }
  }
}

const newPart = (): Part => ({ seen: new Set(), lastAt: 0, announcedAt: 0, longestGapMs: 0, listed: new Set() });

/** The same instance again is a sign of life, and no other instance. */
function arrive(part: Part, sopInstanceUid: string, at: number): void {
  if (part.seen.size > 0) part.longestGapMs = Math.max(part.longestGapMs, at - part.lastAt);
  part.seen.add(sopInstanceUid);
  part.lastAt = Math.max(part.lastAt, at);
}

/** What nothing came of is never complete. */
function completionOf(part: Part, now: number, quietMs: number, held: boolean): Completion {
  const missing = missingOf(part);
  const after = (from: number, ms: number, because: CompleteBecause): Completion =>
    now - from >= ms ? { complete: true, because, missing } : { complete: false, missing, until: new Date(from + ms) };
  if (part.seen.size === 0) return { complete: false, missing };
  if (held) {
    const step = after(part.lastAt, Math.max(limits.stepMs, quietMs), 'given-up');
    if (!step.complete) return step;
  }
  if (missing > 0) {
    const patienceMs = Math.max(limits.leastPatienceMs, limits.patience * quietMs);
    return after(Math.max(part.lastAt, part.announcedAt), patienceMs, 'given-up');
  }
  if (part.listed.size > 0 && part.expected?.final !== false) return { complete: true, because: 'listed', missing };
  if (part.expected?.final) return { complete: true, because: 'counted', missing };
  return part.expected === undefined
    ? after(part.lastAt, quietMs, 'quiet')
    : after(part.lastAt, limits.settleMs, 'counted');
}

function missingOf({ seen, listed, expected }: Part): number {
  return Math.max(listed.difference(seen).size, (expected?.instances ?? 0) - seen.size, 0);
}
