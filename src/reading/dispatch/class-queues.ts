// The pool of waiting cases: a queue for each class, earliest due first, and the queues of a kind in the order of their heads.
// Whoever picks looks at one case of each kind, so that a decision costs what there are kinds and not what there are cases.

import { held } from './held.ts';
import { SortedList } from './sorted-list.ts';
import type { AskingReader, CaseClass, CaseKind, WaitingCase } from './waiting-case.ts';

const byDue = (a: WaitingCase, b: WaitingCase): number => a.dueAt - b.dueAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

interface ClassQueue {
  class: CaseClass;
  cases: SortedList<WaitingCase>;
}

interface KindQueues {
  kind: CaseKind;
  /** Those that have cases. */
  queues: SortedList<ClassQueue>;
}

const byHead = (a: ClassQueue, b: ClassQueue): number => byDue(a.cases.first()!, b.cases.first()!);

export class ClassQueues {
  readonly #kinds = new Map<CaseKind, KindQueues>();
  readonly #queues = new Map<string, ClassQueue>();
  readonly #cases = new Map<string, WaitingCase>();
  /** By reader, the cases of patients they know. */
  readonly #known = new Map<string, Set<WaitingCase>>();

  get size(): number {
    return this.#cases.size;
  }

  get(id: string): WaitingCase | undefined {
    return this.#cases.get(id);
  }

  /** Waits from now on; one that waited is taken out first: its class or its due date may be another. */
  put(waiting: WaitingCase): void {
    this.remove(waiting.id);
    this.#cases.set(waiting.id, waiting);
    this.#change(waiting.class, (cases) => cases.add(waiting));
    for (const reader of waiting.knownTo ?? []) this.#knownTo(reader).add(waiting);
  }

  /** Waits no longer; undefined where it did not. */
  remove(id: string): WaitingCase | undefined {
    const waiting = this.#cases.get(id);
    if (waiting === undefined) return undefined;
    this.#cases.delete(id);
    this.#change(waiting.class, (cases) => cases.remove(waiting));
    for (const reader of waiting.knownTo ?? []) {
      const known = this.#knownTo(reader);
      known.delete(waiting);
      if (known.size === 0) this.#known.delete(reader);
    }
    return waiting;
  }

  /** Calls back with the case of each kind that is due first among those this reader may have, and with all that they know. */
  forEachCandidate(reader: AskingReader, see: (waiting: WaitingCase) => void): void {
    for (const { queues } of this.#kinds.values()) {
      const first = firstFor(queues, reader);
      if (first !== undefined) see(first);
    }
    const known = this.#known.get(reader.id);
    if (known === undefined) return;
    for (const waiting of known) if (isFor(waiting, reader)) see(waiting);
  }

  /** Classes that have cases, and how many. */
  *classes(): Generator<{ class: CaseClass; waiting: number; first: WaitingCase }> {
    for (const { queues } of this.#kinds.values()) {
      for (const queue of queues) yield { class: queue.class, waiting: queue.cases.size, first: queue.cases.first()! };
    }
  }

  [Symbol.iterator](): IterableIterator<WaitingCase> {
    return this.#cases.values();
  }

  #knownTo(reader: string): Set<WaitingCase> {
    return held(this.#known, reader, () => new Set());
  }

  /** The place of a queue among its kind goes by its head, so it is taken out while that may change. */
  #change(of: CaseClass, how: (cases: SortedList<WaitingCase>) => void): void {
    const kind = held(this.#kinds, of.kind, () => ({ kind: of.kind, queues: new SortedList(byHead) }));
    const queue = held(this.#queues, of.key, () => ({ class: of, cases: new SortedList(byDue) }));
    if (queue.cases.size > 0) kind.queues.remove(queue);
    how(queue.cases);
    if (queue.cases.size > 0) kind.queues.add(queue);
    else this.#queues.delete(of.key);
    if (kind.queues.size === 0) this.#kinds.delete(of.kind);
  }
}

function firstFor(queues: SortedList<ClassQueue>, reader: AskingReader): WaitingCase | undefined {
  let best: WaitingCase | undefined;
  for (let at = 0; at < queues.size; at++) {
    const queue = queues.at(at)!;
    if (best !== undefined && byDue(queue.cases.first()!, best) > 0) return best;
    if (!reader.mayRead(queue.class)) continue;
    const first = firstNotBarred(queue.cases, reader.id);
    if (first !== undefined && (best === undefined || byDue(first, best) < 0)) best = first;
  }
  return best;
}

function firstNotBarred(cases: SortedList<WaitingCase>, reader: string): WaitingCase | undefined {
  for (let at = 0; at < cases.size; at++) {
    const waiting = cases.at(at)!;
    if (waiting.barred?.includes(reader) !== true) return waiting;
  }
  return undefined;
}

export function isFor(waiting: WaitingCase, reader: AskingReader): boolean {
  return waiting.barred?.includes(reader.id) !== true && reader.mayRead(waiting.class);
}
