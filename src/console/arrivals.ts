// Files on their way in: a few at a time, each with its own end.

import { isObject } from './dropped-files.ts';
import type { Incoming } from './incoming.ts';
import { type Reconciliation, type Stored, store, upload } from './store.ts';

export interface Arrivals {
  found: number;
  kept: number;
  /** Files on media that are no objects. */
  passed: number;
  failed: readonly { name: string; reason: string }[];
  /** Study Instance UIDs. */
  studies: ReadonlySet<string>;
}

export const noArrivals: Arrivals = { found: 0, kept: 0, passed: 0, failed: [], studies: new Set() };

const limits = {
  /** A browser has six connections to one server; two stay for looking. */
  atOnce: 4,
};

/** Resolves when every file has come to its end; `tell` is given each change. */
export async function arrive(
  { files, others }: Pick<Incoming, 'files' | 'others'>,
  reconciliation: Reconciliation | undefined,
  tell: (change: (before: Arrivals) => Arrivals) => void,
): Promise<void> {
  const waiting = files.filter((file) => others.has(file) || isObject(file));
  const passed = files.length - waiting.length;
  tell((before) => ({ ...before, found: before.found + files.length, passed: before.passed + passed }));
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift())
      await bring(file, others.has(file) ? upload(file, reconciliation) : store(file, reconciliation), tell);
  };
  await Promise.all(Array.from({ length: limits.atOnce }, work));
}

async function bring(
  file: File,
  storing: Promise<Stored>,
  tell: (change: (before: Arrivals) => Arrivals) => void,
): Promise<void> {
  const stored = await storing;
  tell((before) => {
    if ('reason' in stored)
      return { ...before, failed: [...before.failed, { name: nameOf(file), reason: stored.reason }] };
    return { ...before, kept: before.kept + 1, studies: new Set([...before.studies, stored.studyUid]) };
  });
}

const nameOf = ({ webkitRelativePath, name }: File): string => webkitRelativePath || name;
