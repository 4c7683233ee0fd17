// The worker's side of normalise-pool.ts: vocabularies and models are read once, when the first study is asked about.

import { createHash } from 'node:crypto';
import { fromJson } from '../dicom/json-reader.ts';
import type { MappingSet } from '../normalize/discovery/mapping-set.ts';
import { type HeaderFacts, headerFacts } from '../normalize/header-facts.ts';
import { type NormalisedStudy, StudyNormaliser } from '../normalize/normalise-study.ts';
import type { AnswerBook } from '../normalize/procedures/answers.ts';
import { Lexicon } from '../normalize/procedures/lexicon.ts';
import { procedureModelText } from '../normalize/procedures/model.generated.ts';
import type { Weighed } from '../normalize/procedures/normalise-procedure.ts';
import type { Decisions, Procedure, ProcedureInput } from '../normalize/procedures/procedure.ts';
import { ctSeriesModelText } from '../normalize/series/ct-model.generated.ts';
import { mrSeriesModelText } from '../normalize/series/mr-model.generated.ts';
import { LeastRecentlyUsed } from '../storage/least-recently-used.ts';
import { metadataText } from '../storage/metadata.ts';

export const limits = {
  /** Models of procedures that are held, ready to be asked. */
  models: 4,
} as const;

/** Absent in a task: the one that is shipped. */
export interface ProcedureModel {
  /** Unmistakable among all tenants'. */
  name: string;
  weights: string;
}

export type NormaliseTask = (
  | /** What one instance of each series says: as the catalogue keeps it, or as DICOM JSON. */
  { firsts: readonly (Uint8Array | string)[]; mappings: MappingSet }
  /** What a person decided of a procedure, to be completed by what follows from it. */
  | { input: ProcedureInput; decisions: Decisions }
  /** What is said of studies that are not here. */
  | { inputs: readonly ProcedureInput[] }
  /** A procedure of which nobody is sure: what it may be. */
  | { weigh: ProcedureInput }
) & { model?: ProcedureModel | undefined };

export interface FoundOfStudy extends NormalisedStudy {
  /** By Series Instance UID. */
  headers: ReadonlyMap<string, HeaderFacts>;
  /** Checksum of the models; empty where nothing could be found. */
  foundBy: string;
}

export type DecidedProcedure = NonNullable<ReturnType<AnswerBook['get']>>;

let lexicon: Lexicon | undefined;
const normalisers = new LeastRecentlyUsed<string, StudyNormaliser>(2 * limits.models);

const shipped = createHash('sha256')
  .update(procedureModelText)
  .update(mrSeriesModelText)
  .update(ctSeriesModelText)
  .digest('hex')
  .slice(0, 12);

export type NormaliseAnswer = FoundOfStudy | DecidedProcedure | Procedure[] | Weighed;

export default function normalise(task: NormaliseTask): NormaliseAnswer {
  const normaliser = normaliserOf(task.model);
  if ('inputs' in task) return task.inputs.map((input) => normaliser.procedure(input));
  if ('weigh' in task) return normaliser.weigh(task.weigh);
  if ('decisions' in task) return normaliser.decided(task.input, task.decisions);
  const texts = task.firsts.map((first) => (typeof first === 'string' ? first : metadataText(first, '')));
  const firsts = texts.map((text) => fromJson(JSON.parse(text)));
  const headers = new Map(
    firsts.map((first) => [first.text('SeriesInstanceUID') ?? '', headerFacts(first, task.mappings.mappings)]),
  );
  const { version } = task.mappings;
  const by = [shipped, task.model?.name, version === 0 ? undefined : `mappings ${version}`];
  const foundBy = by.filter((each) => each !== undefined).join(' ');
  return { ...normaliser.normalise(firsts), headers, foundBy };
}

function normaliserOf(model: ProcedureModel | undefined): StudyNormaliser {
  const name = model?.name ?? '';
  const held = normalisers.get(name);
  if (held !== undefined) return held;
  lexicon ??= new Lexicon();
  const normaliser = new StudyNormaliser(model?.weights, lexicon);
  normalisers.set(name, normaliser);
  return normaliser;
}
