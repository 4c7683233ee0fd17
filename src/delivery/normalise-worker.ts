// The worker's side of normalise-pool.ts: vocabularies and models are read once, when the first study is asked about.

import { createHash } from 'node:crypto';
import { fromJson } from '../dicom/json-reader.ts';
import { type HeaderFacts, headerFacts } from '../normalize/header-facts.ts';
import { type NormalisedStudy, StudyNormaliser } from '../normalize/normalise-study.ts';
import type { AnswerBook } from '../normalize/procedures/answers.ts';
import { procedureModelText } from '../normalize/procedures/model.generated.ts';
import type { Decisions, Procedure, ProcedureInput } from '../normalize/procedures/procedure.ts';
import { ctSeriesModelText } from '../normalize/series/ct-model.generated.ts';
import { mrSeriesModelText } from '../normalize/series/mr-model.generated.ts';
import { metadataText } from '../storage/metadata.ts';

export type NormaliseTask =
  /** What one instance of each series says: as the catalogue keeps it, or as DICOM JSON. */
  | { firsts: readonly (Uint8Array | string)[] }
  /** What a person decided of a procedure, to be completed by what follows from it. */
  | { input: ProcedureInput; decisions: Decisions }
  /** What is said of studies that are not here. */
  | { inputs: readonly ProcedureInput[] };

export interface FoundOfStudy extends NormalisedStudy {
  /** By Series Instance UID. */
  headers: ReadonlyMap<string, HeaderFacts>;
  /** Checksum of the models; empty where nothing could be found. */
  foundBy: string;
}

export type DecidedProcedure = NonNullable<ReturnType<AnswerBook['get']>>;

let normaliser: StudyNormaliser | undefined;

const foundBy = createHash('sha256')
  .update(procedureModelText)
  .update(mrSeriesModelText)
  .update(ctSeriesModelText)
  .digest('hex')
  .slice(0, 12);

export default function normalise(task: NormaliseTask): FoundOfStudy | DecidedProcedure | Procedure[] {
  normaliser ??= new StudyNormaliser();
  if ('inputs' in task) return task.inputs.map((input) => normaliser!.procedure(input));
  if ('decisions' in task) return normaliser.decided(task.input, task.decisions);
  const texts = task.firsts.map((first) => (typeof first === 'string' ? first : metadataText(first, '')));
  const firsts = texts.map((text) => fromJson(JSON.parse(text)));
  const headers = new Map(firsts.map((first) => [first.text('SeriesInstanceUID') ?? '', headerFacts(first)]));
  return { ...normaliser.normalise(firsts), headers, foundBy };
}
