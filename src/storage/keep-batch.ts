// One batch as the parameters of `keep_batch` (migrations/0003-keep.sql), and its answer by request. Ids of studies and
// series that were seen lately are remembered, so that most batches only insert instances and count.

import type { QueryConfig } from 'pg';
import { type ArrayType, type ArrayValue, binaryArray } from './binary-array.ts';
import type { KeepAnswer, KeepRequest } from './keep-rows.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';

export const limits = {
  /** Studies, and series, whose ids are remembered. */
  remembered: 4096,
} as const;

const PARAMETERS = 33;
const PLACES = Array.from({ length: PARAMETERS }, (_, i) => `$${i + 1}`).join(', ');
/** What a rejection note lists is hidden before anybody can see it: rejections.ts. */
const STATEMENT = `select kept.*, hide_rejected(kept.ids) from keep_batch(${PLACES}) as kept`;

export interface BatchAnswer {
  study_ids: string[];
  series_ids: string[];
  patient_differs: boolean[] | null;
  ids: string[];
  objects: string[];
}

type KnownStudy = { id: string; patientDiffers: boolean };

export class KnownIds {
  readonly studies = new LeastRecentlyUsed<string, KnownStudy>(limits.remembered);
  /** By study id and Series Instance UID. */
  readonly series = new LeastRecentlyUsed<string, string>(limits.remembered);

  clear(): void {
    this.studies.clear();
    this.series.clear();
  }
}

/** A place in the batch: the first request that names a study or series stands for all of them. */
type Place<Known> = { n: number; first: KeepRequest; known: Known | undefined };

export class KeepBatch {
  readonly #requests: readonly KeepRequest[];
  readonly #known: KnownIds;
  readonly #studies = new Map<string, Place<KnownStudy>>();
  readonly #series = new Map<string, Place<string> & { study: Place<KnownStudy> }>();

  constructor(requests: readonly KeepRequest[], known: KnownIds) {
    // Nodes that keep the same instances at the same time insert them in the same order.
    this.#requests = requests.toSorted(
      (a, b) =>
        order(a.studyUid, b.studyUid) ||
        order(a.seriesUid, b.seriesUid) ||
        order(a.instance.sop_uid, b.instance.sop_uid),
    );
    this.#known = known;
    for (const request of this.#requests) this.#place(request);
  }

  /** Whether it names a study that was not known here. */
  get hasNewStudies(): boolean {
    return [...this.#studies.values()].some(({ known }) => known === undefined);
  }

  /** The statement; prepared once for each connection. */
  query(): QueryConfig {
    const studies = [...this.#studies.values()];
    const series = [...this.#series.values()];
    const newStudies = studies.filter(({ known }) => known === undefined);
    const newSeries = series.filter(({ known }) => known === undefined);
    const audits = this.#audits();
    const ofRequests = column(this.#requests);
    const ofInstances = column(this.#requests.map(({ instance }) => instance));
    const ofAudits = column(audits);
    const values = [
      newStudies.length === 0 ? null : JSON.stringify(newStudies.map(({ n, first }) => ({ n, ...first.study() }))),
      newSeries.length === 0 ? null : JSON.stringify(newSeries.map(({ n, first }) => ({ n, ...first.series() }))),
      column(studies)('bigint', ({ known }) => known?.id),
      column(studies)('smallint', ({ first }) => first.tenant),
      column(series)('bigint', ({ known }) => known),
      column(series)('integer', ({ study }) => study.n),
      ofRequests('integer', (request) => this.#series.get(seriesKey(request))!.n),
      ofRequests('smallint', ({ tenant }) => tenant),
      ofInstances('text', (instance) => instance.sop_uid),
      ofInstances('text', (instance) => instance.sop_class),
      ofInstances('text', (instance) => instance.transfer_syntax),
      ofInstances('text', (instance) => instance.instance_number),
      ofInstances('integer', (instance) => instance.ordinal),
      ofInstances('integer', (instance) => instance.rows),
      ofInstances('integer', (instance) => instance.columns),
      ofInstances('integer', (instance) => instance.bits_allocated),
      ofInstances('integer', (instance) => instance.number_of_frames),
      ofInstances('bytea', (instance) => instance.sha256),
      ofInstances('bytea', (instance) => instance.header_sha256),
      ofInstances('text', (instance) => instance.object),
      ofInstances('bigint', (instance) => instance.size_bytes),
      ofInstances('integer', (instance) => instance.dataset_offset),
      ofInstances('bytea', (instance) => instance.frames),
      ofInstances('bytea', (instance) => instance.metadata),
      ofInstances('text', (instance) => instance.findings),
      ofInstances('text', (instance) => instance.source),
      ofAudits('smallint', ({ first }) => first.tenant),
      ofAudits('text', ({ first }) => first.audit.principal),
      ofAudits('text', ({ first }) => first.audit.door),
      ofAudits('text', ({ first }) => first.studyUid),
      ofAudits('integer', ({ count }) => count),
      ofAudits('text', ({ first }) => first.audit.requestId),
      ofAudits('text', ({ first }) => first.audit.remoteAddress),
    ];
    return { name: 'keep_batch', text: STATEMENT, values };
  }

  /** What became of each request; and from now on the ids are known. */
  read(answer: BatchAnswer): Map<KeepRequest, KeepAnswer> {
    const idOf = new Map(answer.objects.map((object, index) => [object, answer.ids[index]!]));
    for (const [key, { n, known }] of this.#studies) {
      if (known) continue;
      this.#known.studies.set(key, {
        id: answer.study_ids[n - 1]!,
        patientDiffers: answer.patient_differs?.[n - 1] ?? false,
      });
    }
    const answers = new Map<KeepRequest, KeepAnswer>();
    for (const request of this.#requests) {
      const { n } = this.#series.get(seriesKey(request))!;
      const study = this.#known.studies.get(studyKey(request))!;
      const seriesId = answer.series_ids[n - 1]!;
      this.#known.series.set(`${study.id} ${request.seriesUid}`, seriesId);
      const instanceId = idOf.get(request.instance.object);
      answers.set(request, { instanceId, studyId: study.id, seriesId, patientDiffers: study.patientDiffers });
    }
    return answers;
  }

  #place(request: KeepRequest): void {
    const ofStudy = studyKey(request);
    let study = this.#studies.get(ofStudy);
    if (study === undefined) {
      study = { n: this.#studies.size + 1, first: request, known: this.#known.studies.get(ofStudy) };
      this.#studies.set(ofStudy, study);
    }
    const ofSeries = seriesKey(request);
    if (this.#series.has(ofSeries)) return;
    const known = study.known && this.#known.series.get(`${study.known.id} ${request.seriesUid}`);
    this.#series.set(ofSeries, { n: this.#series.size + 1, first: request, known, study });
  }

  #audits(): { first: KeepRequest; count: number }[] {
    const rows = new Map<string, { first: KeepRequest; count: number }>();
    for (const request of this.#requests) {
      const { principal, door, requestId = '', remoteAddress = '' } = request.audit;
      const key = [studyKey(request), principal, door, requestId, remoteAddress].join('\n');
      const row = rows.get(key);
      if (row === undefined) rows.set(key, { first: request, count: 1 });
      else row.count += 1;
    }
    return [...rows.values()];
  }
}

/** One parameter: what `read` takes from each row. */
const column =
  <Row>(rows: readonly Row[]) =>
  <Type extends ArrayType>(type: Type, read: (row: Row) => ArrayValue<Type> | null | undefined): Buffer =>
    binaryArray(type, rows.map(read));

const studyKey = ({ tenant, studyUid, patientKey }: KeepRequest): string => `${tenant}\n${studyUid}\n${patientKey}`;
const seriesKey = (request: KeepRequest): string => `${studyKey(request)}\n${request.seriesUid}`;
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
