// A candidate beside the model in force, before it may take its place: both judge what people decided as though nobody had,
// and populations whose truth is known; and how many persons would be others. Nothing here is put in force.

import { reconcile } from './batch.ts';
import type { FeedCopy } from './candidate.ts';
import { type DecidedScore, judgePairs, scoreDecided, splitStatements } from './decided-pairs.ts';
import { describeFeed } from './estimate.ts';
import { IdentityIndex } from './identity-index.ts';
import type { Model } from './model.ts';
import { changeBetween } from './partition-change.ts';
import type { Population } from './testing/population.ts';
import { scoreOf } from './testing/score.ts';

export const limits = {
  /** Standard deviations by which more persons may be made of several people: the draws are small. */
  chance: 2,
  /** By which a share may be worse before that is an objection. */
  recall: 0.02,
  decidedRecall: 0.01,
  /** Bits by which the probabilities shown may be more wrong. */
  surprise: 0.05,
  /** Share of sightings that may get another person without somebody looking at it, once a first model was estimated. */
  moved: 0.02,
} as const;

export interface DrawnScore {
  precision: number;
  recall: number;
  recallWithReview: number;
  reviewsPer10k: number;
  /** Persons made of several people. */
  impure: number;
}

interface Beside<T> {
  inForce: T;
  candidate: T;
}

export interface Trial {
  decided: Beside<DecidedScore>;
  /** Of each population whose truth is known. */
  drawn: Beside<DrawnScore>[];
  change: {
    sightings: number;
    /** Under the model in force. */
    persons: number;
    joined: number;
    split: number;
    /** Sightings whose person would have others. */
    moved: number;
    /** Of `joined`: those of whom people had decided something before, on both sides. */
    joinedDecided: number;
  };
}

export function tryModels(copy: FeedCopy, models: Beside<Model>, draws: readonly Population[]): Trial {
  const { said, decided } = splitStatements(copy.statements);
  const scored = (model: Model): DecidedScore => {
    const index = new IdentityIndex(model);
    if (decided.length > 0) index.load(copy.sightings, said);
    return scoreDecided(index, judgePairs(index, decided));
  };
  return {
    decided: beside(models, scored),
    drawn: draws.map((draw) => beside(models, (model) => scoreDrawn(model, draw))),
    change: changeOf(copy, models),
  };
}

const beside = <T>({ inForce, candidate }: Beside<Model>, judge: (model: Model) => T): Beside<T> => ({
  inForce: judge(inForce),
  candidate: judge(candidate),
});

/** By what the model says of agreement, the names and habits being those of the draw. */
function scoreDrawn(model: Model, draw: Population): DrawnScore {
  const result = reconcile(draw.sightings, draw.assertions, { ...model, ...describeFeed(draw.sightings) });
  const { precision, recall, recallWithReview, reviewsPer10k, impurePer10k, records } = scoreOf(draw, result);
  const impure = Math.round((impurePer10k * records) / 10_000);
  return { precision, recall, recallWithReview, reviewsPer10k, impure };
}

function changeOf({ sightings, statements }: FeedCopy, { inForce, candidate }: Beside<Model>): Trial['change'] {
  const [before, after] = [new IdentityIndex(inForce), new IdentityIndex(candidate)];
  for (const index of [before, after]) index.load(sightings, statements);
  const { persons, joined, split, moved } = changeBetween(before, after);
  const decided = new Set(
    statements
      .filter(({ decidedBy }) => decidedBy !== undefined)
      .flatMap(({ of }) => of.flatMap((identifier) => before.nodeOf(identifier) ?? [])),
  );
  const isDecided = (leader: number): boolean => before.persons.nodesOf(leader).some((node) => decided.has(node));
  const joinedDecided = joined.filter((leaders) => leaders.filter(isDecided).length > 1).length;
  return { sightings: sightings.length, persons, joined: joined.length, split, moved: moved.length, joinedDecided };
}

/** Why the candidate may not take the place of the model in force by itself; empty where nothing speaks against it. */
export function objectionsTo({ decided, drawn, change }: Trial, { isFirst }: { isFirst: boolean }): string[] {
  const objections: string[] = [];
  const { inForce, candidate } = decided;
  if (candidate.falselyJoined > inForce.falselyJoined) {
    objections.push(
      `it joins ${candidate.falselyJoined} pairs that people called two persons, the model in force ${inForce.falselyJoined}`,
    );
  }
  const found = ({ joined, shown, same }: DecidedScore): number => (joined + shown) / Math.max(1, same);
  if (found(candidate) < found(inForce) - limits.decidedRecall) {
    objections.push(
      `it finds ${percent(found(candidate))} of the pairs that people called one person, not ${percent(found(inForce))}`,
    );
  }
  if (candidate.surprise > inForce.surprise + limits.surprise) {
    objections.push('the probabilities it shows are further from what people decided');
  }
  const [wrong, wrongBefore] = [impure(drawn, 'candidate'), impure(drawn, 'inForce')];
  if (wrong > wrongBefore + limits.chance * Math.sqrt(wrongBefore + 1)) {
    objections.push(`of known populations it makes ${wrong} persons of several, the model in force ${wrongBefore}`);
  }
  drawn.forEach(({ inForce: before, candidate: after }, at) => {
    if (after.recall < before.recall - limits.recall) {
      objections.push(`of known population ${at + 1} it finds ${percent(after.recall)}, not ${percent(before.recall)}`);
    }
  });
  if (change.joinedDecided > 0) {
    objections.push(`it joins ${change.joinedDecided} times persons of whom people had decided on both sides`);
  }
  if (!isFirst && change.moved > change.sightings * limits.moved) {
    objections.push(`${percent(change.moved / change.sightings)} of what was said of patients would be of others`);
  }
  return objections;
}

const impure = (drawn: Trial['drawn'], which: keyof Beside<unknown>): number =>
  drawn.reduce((sum, scores) => sum + scores[which].impure, 0);

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
