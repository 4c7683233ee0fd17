// A reader of a simulated shift, as dispatch sees them: what a live reader is told by gates and history is counted here.

import type { FreeReader } from '../dispatch/best-reader.ts';
import { held } from '../dispatch/held.ts';
import type { ReadTimes } from '../dispatch/read-times.ts';
import type { CaseClass, CaseKind } from '../dispatch/waiting-case.ts';
import { HOUR_MS } from './arrivals.ts';
import type { Shift } from './roster.ts';

export interface SimKind extends CaseKind {
  skill: number;
}

export interface SimClass extends CaseClass {
  kind: SimKind;
  clientIndex: number;
}

/** Who is on duty in a pool: how many of them have each skill, and what the median of them has done. */
export class Duty {
  readonly times: ReadTimes;
  readonly readers = new Set<SimReader>();
  readonly #withSkill: number[];
  #medianPace = 0;
  #medianAt = Number.NEGATIVE_INFINITY;

  constructor(times: ReadTimes, skills: number) {
    this.times = times;
    this.#withSkill = new Array<number>(skills).fill(0);
  }

  enter(reader: SimReader): void {
    this.readers.add(reader);
    this.#count(reader, 1);
  }

  leave(reader: SimReader): void {
    if (!this.readers.delete(reader)) return;
    this.#count(reader, -1);
    this.times.forget(reader.id);
  }

  /** Of those on duty; 1 where nobody is. */
  share(skill: number): number {
    return this.readers.size === 0 ? 1 : this.#withSkill[skill]! / this.readers.size;
  }

  /** RVU per hour, looked at anew every ten minutes. */
  medianPace(now: number): number {
    if (now - this.#medianAt < HOUR_MS / 6) return this.#medianPace;
    this.#medianAt = now;
    const paces = Array.from(this.readers, (reader) => reader.rvuPerHour(now)).sort((a, b) => a - b);
    this.#medianPace = paces[paces.length >> 1] ?? 0;
    return this.#medianPace;
  }

  #count(reader: SimReader, by: number): void {
    for (let skill = 0; skill < this.#withSkill.length; skill++) {
      if (reader.hasSkill(skill)) this.#withSkill[skill]! += by;
    }
  }
}

export class SimReader implements FreeReader {
  readonly id: string;
  readonly shift: Shift;
  readonly subspecialties: readonly string[] = [];
  readonly languages: readonly string[] = [];
  /** One for each client; absent: privileged at all. */
  readonly #privileges: Uint8Array | undefined;
  readonly #duty: Duty;
  freeSince = 0;
  pace = 1;
  rarest = 1;
  busyMs = 0;
  rvu = 0;
  isBusy = false;

  constructor(id: string, shift: Shift, duty: Duty, privileges: Uint8Array | undefined) {
    this.id = id;
    this.shift = shift;
    this.#duty = duty;
    this.#privileges = privileges;
  }

  hasSkill(skill: number): boolean {
    return (this.shift.skills & (1 << skill)) !== 0;
  }

  mayRead(of: CaseClass): boolean {
    const { kind, clientIndex } = of as SimClass;
    return this.hasSkill(kind.skill) && (this.#privileges === undefined || this.#privileges[clientIndex] === 1);
  }

  expectedMs(kind: CaseKind): number {
    return this.#duty.times.expectedMs(this.id, kind.procedure);
  }

  shareWhoMay(kind: CaseKind): number {
    return this.#duty.share((kind as SimKind).skill);
  }

  rvuPerHour(now: number): number {
    return this.rvu / Math.max(0.5, (now - this.shift.fromMs) / HOUR_MS);
  }

  /** Before they ask, or are offered something. */
  lookAround(now: number, skills: number): void {
    const median = this.#duty.medianPace(now);
    this.pace = median === 0 ? 1 : this.rvuPerHour(now) / median;
    this.rarest = 1;
    for (let skill = 0; skill < skills; skill++) {
      if (this.hasSkill(skill)) this.rarest = Math.min(this.rarest, this.#duty.share(skill));
    }
  }
}

/** Who is free, by what they may read: of those who are alike only the one who is free the longest is looked at. */
export class FreeReaders {
  readonly #bySkills = new Map<number, Set<SimReader>>();
  size = 0;

  add(reader: SimReader): void {
    held(this.#bySkills, reader.shift.skills, () => new Set()).add(reader);
    this.size += 1;
  }

  delete(reader: SimReader): void {
    if (this.#bySkills.get(reader.shift.skills)?.delete(reader)) this.size -= 1;
  }

  candidates(of: CaseClass): SimReader[] {
    const candidates: SimReader[] = [];
    for (const alike of this.#bySkills.values()) {
      for (const reader of alike) {
        if (!reader.mayRead(of)) continue;
        candidates.push(reader);
        break;
      }
    }
    return candidates;
  }
}
