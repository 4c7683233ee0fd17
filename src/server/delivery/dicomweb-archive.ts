// Priors from a DICOMweb archive: found by QIDO-RS, brought by WADO-RS as they are stored there. PS3.18 10.4 and 10.6.

import { Problem } from '../../base/problem.ts';
import { type Archive, type AskedPatient, isTheSame, type ListedPart } from '../../delivery/archive.ts';
import { MultipartParser } from '../../dicomweb/multipart/parser.ts';
import type { InstanceSink } from '../../dimse/scu.ts';
import type { PriorFacts } from '../../routing/facts.ts';

export const limits = {
  /** Until an answer begins. */
  answerMs: 120_000,
  /** Studies of one patient that are looked at. */
  studies: 1000,
} as const;

export interface DicomwebArchiveOptions {
  /** The DICOMweb root. */
  url: string;
  authorization?: string;
  issuerOf(issuer: string | undefined): string;
  /** Takes one Part 10 file. */
  receive(): InstanceSink;
}

type Json = Record<string, { Value?: unknown[] } | undefined>;

const tags = {
  StudyDate: '00080020',
  ModalitiesInStudy: '00080061',
  StudyDescription: '00081030',
  PatientID: '00100020',
  IssuerOfPatientID: '00100021',
  PatientBirthDate: '00100030',
  StudyInstanceUID: '0020000D',
  NumberOfStudyRelatedInstances: '00201208',
} as const;

export class DicomwebArchive implements Archive {
  readonly #options: DicomwebArchiveOptions;

  constructor(options: DicomwebArchiveOptions) {
    this.#options = options;
  }

  async studiesOf(patient: AskedPatient): Promise<PriorFacts[]> {
    const studies = new Map<string, PriorFacts>();
    for (const id of new Set(patient.identifiers.map((identifier) => identifier.id))) {
      const fields = Object.values(tags).map((tag) => `includefield=${tag}`);
      const query = [`PatientID=${encodeURIComponent(id)}`, `limit=${limits.studies}`, ...fields].join('&');
      const answer = await this.#get(
        `studies?${query}`,
        'application/dicom+json',
        AbortSignal.timeout(limits.answerMs),
      );
      for (const match of answer.status === 204 ? [] : ((await answer.json()) as Json[])) {
        const prior = this.#priorOf(match, patient);
        if (prior !== undefined) studies.set(prior.uid, prior);
      }
    }
    return [...studies.values()];
  }

  async pull(studyInstanceUid: string, signal: AbortSignal, series?: readonly ListedPart[]): Promise<void> {
    const study = `studies/${studyInstanceUid}`;
    const paths = series?.map(({ seriesInstanceUid }) => `${study}/series/${seriesInstanceUid}`) ?? [study];
    for (const path of paths) await this.take(path, signal);
  }

  /** Brings what lies below a path of WADO-RS; resolves once all that came is kept. */
  async take(path: string, signal: AbortSignal): Promise<void> {
    const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
    const answer = await this.#get(path, accept, signal);
    const boundary = /boundary="?([^";]+)/.exec(answer.headers.get('content-type') ?? '')?.[1];
    if (boundary === undefined || answer.body === null) throw new Problem('delivery/not-now');
    const parser = new MultipartParser(boundary);
    let sink: InstanceSink | undefined;
    try {
      for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
        for (const token of parser.push(chunk)) {
          if (token.kind === 'part') sink = this.#options.receive();
          else if (token.kind === 'data') await sink!.write(token.bytes);
          else {
            const whole = sink;
            sink = undefined;
            await whole!.finish();
          }
        }
      }
      parser.end();
    } finally {
      sink?.abort('the answer ended before it');
    }
  }

  #priorOf(match: Json, patient: AskedPatient): PriorFacts | undefined {
    const texts = (tag: string) => (match[tag]?.Value ?? []).map(String);
    const text = (tag: string) => texts(tag)[0];
    const there = {
      patientId: text(tags.PatientID) ?? '',
      issuer: text(tags.IssuerOfPatientID),
      birthDate: text(tags.PatientBirthDate),
    };
    const uid = text(tags.StudyInstanceUID);
    if (uid === undefined || !isTheSame(patient, there, this.#options.issuerOf)) return undefined;
    const date = /^(\d{4})(\d{2})(\d{2})$/
      .exec(text(tags.StudyDate) ?? '')
      ?.slice(1)
      .join('-');
    const description = text(tags.StudyDescription);
    const instances = match[tags.NumberOfStudyRelatedInstances]?.Value?.[0];
    return {
      uid,
      ...(date && { date }),
      ...(description && { description }),
      modalities: texts(tags.ModalitiesInStudy),
      ...(instances !== undefined && { instances: Number(instances) }),
    };
  }

  async #get(path: string, accept: string, signal: AbortSignal): Promise<Response> {
    const { url, authorization } = this.#options;
    const answer = await fetch(`${url}/${path}`, {
      headers: { Accept: accept, ...(authorization && { Authorization: authorization }) },
      redirect: 'error',
      signal,
    }).catch((cause) => {
      throw new Problem('delivery/not-now', {}, cause);
    });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    throw new Problem([401, 403].includes(answer.status) ? 'delivery/not-admitted' : 'delivery/not-now');
  }
}
