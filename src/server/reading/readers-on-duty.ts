// Readers as dispatch sees them: what the gates say of each class, how long they take, and how much they did. What was said of a
// class is kept for a moment, because a reader's next question goes over the same classes.

import type { Clock } from '../../base/clock.ts';
import type { FreeReader } from '../../reading/dispatch/best-reader.ts';
import { type GatedClass, procedureOf, rvuOf } from '../../reading/dispatch/gated-class.ts';
import { held } from '../../reading/dispatch/held.ts';
import { ReadTimes } from '../../reading/dispatch/read-times.ts';
import type { GateResult, Stage } from '../../reading/gate/gate.ts';
import { gates } from '../../reading/gate/gates.ts';
import { holdsAt } from '../../reading/readers/period.ts';
import type { Reader } from '../../reading/readers/reader.ts';
import type { Reading } from '../../reading/store/dispatch-rows.ts';
import type { ServiceTerm, TermReference } from '../../reading/terms/service-term.ts';

export const limits = {
  /** What gates said is asked anew after so long: shifts, hours and credentials begin and end. */
  gatesMs: 5_000,
  /** So is who is on shift. */
  dutyMs: 1_000,
  /** Over which RVU per hour are counted. */
  paceHours: 8,
} as const;

export interface OnDutyOptions {
  clock: Clock;
  readers: { all(): readonly Reader[]; reader(id: string): Reader | undefined; roomOf(id: string): number | undefined };
  term(reference: TermReference): ServiceTerm | undefined;
}

interface Duty {
  at: number;
  onShift: readonly Reader[];
  median: number;
  shares: Map<string, number>;
}

export class ReadersOnDuty {
  readonly times = new ReadTimes();
  readonly #options: OnDutyOptions;
  readonly #said = new Map<string, { at: number; reader: Reader; open: Map<string, boolean> }>();
  readonly #done = new Map<string, { at: number; rvu: number }[]>();
  readonly #counted = new Set<string>();
  #lastDuty: Duty | undefined;

  constructor(options: OnDutyOptions) {
    this.#options = options;
  }

  /** Readings that ended; one that is told again counts once. */
  add(readings: readonly Reading[]): void {
    const since = this.#options.clock.now() - limits.paceHours * 3_600_000;
    for (const { reader, facts, endedAt, ms } of readings) {
      const key = `${reader} ${endedAt}`;
      if (this.#counted.has(key)) continue;
      this.#counted.add(key);
      if (ms !== undefined) this.times.add(reader, procedureOf(facts), ms);
      const done = (this.#done.get(reader) ?? []).filter(({ at }) => at > since);
      this.#done.set(reader, [...done, { at: endedAt, rvu: rvuOf(facts) }]);
    }
    if (this.#counted.size > 100_000) this.#counted.clear();
  }

  /** Undefined where nobody is known by this id. `stage`: of what is asked of the gates. */
  asking(id: string, stage: Stage): FreeReader | undefined {
    const { readers, clock } = this.#options;
    const reader = readers.reader(id);
    if (reader === undefined) return undefined;
    const now = clock.now();
    const { median } = this.#duty(now);
    const { subspecialties, languages } = reader;
    return {
      ...{ id, subspecialties, languages },
      mayRead: (of) => this.#mayRead(reader, of as GatedClass, stage, now),
      expectedMs: ({ procedure }) => this.times.expectedMs(id, procedure),
      pace: median === 0 ? 1 : this.#rvuPerHour(reader, now) / median,
      shareWhoMay: ({ subspecialty }) => this.#share(subspecialty),
      rarest: Math.min(1, ...subspecialties.map((each) => this.#share(each))),
      freeSince: this.#done.get(id)?.at(-1)?.at ?? 0,
    };
  }

  /** Readers whose roster says that they are there. */
  onShift(): string[] {
    return this.#duty(this.#options.clock.now()).onShift.map(({ id }) => id);
  }

  isOpenBeside(of: GatedClass, readers: readonly string[]): boolean {
    return this.onShift().some((each) => !readers.includes(each) && this.asking(each, 'offer')?.mayRead(of) === true);
  }

  /** All of whom a case of this class could be asked. */
  all(): readonly Reader[] {
    return this.#options.readers.all();
  }

  /** With the reasons. Of a reader of another room it is as if the provider were another. */
  judge(reader: Reader, of: GatedClass, stage: Stage, now: number): GateResult {
    const term = this.#options.term(of.term);
    if (term === undefined) return { open: false, failed: [{ gate: 'provider', reason: 'the term is not known' }] };
    const result = gates(of.facts, term, reader, now, stage, of.known);
    const isHere = of.room === undefined || this.#options.readers.roomOf(reader.id) === of.room;
    if (isHere || !result.open) return result;
    return { open: false, failed: [{ gate: 'provider', reason: 'its copies lie in the room of another provider' }] };
  }

  /** Who is there, and what half of them do no more than; looked at anew after a moment. */
  #duty(now: number): Duty {
    const last = this.#lastDuty;
    if (last !== undefined && now >= last.at && now - last.at < limits.dutyMs) return last;
    const onShift = this.#options.readers.all().filter((each) => isOnShift(each, now));
    const median = medianOf(onShift.map((each) => this.#rvuPerHour(each, now)));
    this.#lastDuty = { at: now, onShift, median, shares: new Map() };
    return this.#lastDuty;
  }

  /** Of those on shift, who have a subspecialty. */
  #share(subspecialty: string | undefined): number {
    const { onShift, shares } = this.#duty(this.#options.clock.now());
    if (subspecialty === undefined || onShift.length === 0) return 1;
    return held(shares, subspecialty, () => {
      const count = onShift.filter(({ subspecialties }) => subspecialties.includes(subspecialty)).length;
      return Math.max(1, count) / onShift.length;
    });
  }

  #mayRead(reader: Reader, of: GatedClass, stage: Stage, now: number): boolean {
    const key = `${stage} ${reader.id}`;
    let said = this.#said.get(key);
    if (said === undefined || said.reader !== reader || now - said.at > limits.gatesMs || now < said.at) {
      said = { at: now, reader, open: new Map() };
      this.#said.set(key, said);
    }
    const known = said.open.get(of.key);
    if (known !== undefined) return known;
    const { open } = this.judge(reader, of, stage, now);
    said.open.set(of.key, open);
    return open;
  }

  #rvuPerHour({ id, shifts }: Reader, now: number): number {
    const since = Math.max(
      now - limits.paceHours * 3_600_000,
      ...shifts.filter((shift) => holdsAt(shift, now)).map(({ from }) => Date.parse(from)),
    );
    const done = (this.#done.get(id) ?? []).filter(({ at }) => at >= since);
    const hours = Math.max(0.5, (now - since) / 3_600_000);
    return done.reduce((sum, { rvu }) => sum + rvu, 0) / hours;
  }
}

const isOnShift = ({ status, shifts }: Reader, now: number): boolean =>
  status === 'active' && shifts.some((shift) => holdsAt(shift, now));

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
