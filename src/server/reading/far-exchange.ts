// An exchange elsewhere as a client's own node speaks to it, by the doors that anybody has: STOW-RS, FHIR and QIDO-RS, over TLS,
// with the token of the client's tenant there. What is handed over here carries pseudonyms only; nothing here knows of whom.

import type { ServiceRequest } from '@medplum/fhirtypes';
import { Problem } from '../../base/problem.ts';
import type { Outcome } from '../../delivery/line.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { InstanceSink } from '../../dimse/scu.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { Depart } from '../delivery/departure.ts';
import { DicomwebArchive } from '../delivery/dicomweb-archive.ts';
import { DicomwebLine } from '../delivery/dicomweb-line.ts';
import { FhirClient } from '../delivery/fhir-client.ts';

export const limits = {
  /** Until an answer begins. */
  answerMs: 60_000,
  /** Objects of a study that are looked at for what readers made of it. */
  objects: 20_000,
} as const;

export interface FarInstance {
  seriesInstanceUid: string;
  sopInstanceUid: string;
  sopClassUid: string;
}

type Json = Record<string, { Value?: unknown[] } | undefined>;

export class FarExchange {
  readonly #url: string;
  readonly #authorization: string | undefined;
  readonly #line: DicomwebLine;
  readonly #fhir: FhirClient;

  /** `url`: its root, below which its doors are. */
  constructor({ url, token }: { url: string; token?: string | undefined }, depart: Depart) {
    this.#url = url.replace(/\/+$/, '');
    this.#authorization = token === undefined ? undefined : `Bearer ${token}`;
    const authorization = this.#authorization === undefined ? {} : { authorization: this.#authorization };
    this.#line = new DicomwebLine({ url: `${this.#url}/dicomweb`, ...authorization }, depart);
    this.#fhir = new FhirClient({ url: `${this.#url}/fhir/R4`, ...authorization } as never);
  }

  /** Rejects with delivery/not-now where nobody answers, or nobody lets us in. */
  store(instance: KeptInstance, room: number, caseId: string): Promise<Outcome> {
    const form = { tenant: room, study: instance.studyId, consignment: caseId, steps: [], text: '' };
    return this.#line.send(instance, form);
  }

  /** An object that was made for it. Rejects as `store` does. */
  storeMade(dataset: DataSet): Promise<Outcome> {
    return this.#line.sendMade(dataset);
  }

  /** `Patient/ID` of whom it knows under this number, once it knows of the images; undefined before. */
  async patient(id: string): Promise<string | undefined> {
    const answer = await this.#asked('GET', `Patient?identifier=${encodeURIComponent(id)}`);
    const { entry = [] } = (await answer.json()) as { entry?: { resource?: { resourceType: string; id?: string } }[] };
    const found = entry.map(({ resource }) => resource).filter((each) => each?.resourceType === 'Patient');
    return found.length === 1 ? `Patient/${found[0]!.id}` : undefined;
  }

  /** Written again it takes the place of what it was. Rejects with delivery/refused. */
  async order(request: ServiceRequest & { id: string }): Promise<void> {
    const answer = await this.#asked('PUT', `ServiceRequest/${request.id}`, JSON.stringify(request));
    await answer.body?.cancel();
  }

  /** What it has of a study. */
  async instances(studyUid: string, signal: AbortSignal): Promise<FarInstance[]> {
    const query = `limit=${limits.objects}&includefield=00080016`;
    const answer = await fetch(`${this.#url}/dicomweb/studies/${studyUid}/instances?${query}`, {
      headers: {
        Accept: 'application/dicom+json',
        ...(this.#authorization && { Authorization: this.#authorization }),
      },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(limits.answerMs)]),
    }).catch((cause) => {
      throw new Problem('delivery/not-now', {}, cause);
    });
    if (answer.status === 204 || answer.status === 404) return [];
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new Problem('delivery/not-now');
    }
    const text = (one: Json, tag: string) => String(one[tag]?.Value?.[0] ?? '');
    return ((await answer.json()) as Json[]).map((one) => ({
      seriesInstanceUid: text(one, '0020000E'),
      sopInstanceUid: text(one, '00080018'),
      sopClassUid: text(one, '00080016'),
    }));
  }

  /** Brings one instance here, as it is stored there. */
  async bring(studyUid: string, one: FarInstance, receive: () => InstanceSink, signal: AbortSignal): Promise<void> {
    const archive = new DicomwebArchive({
      ...{ url: `${this.#url}/dicomweb`, receive, issuerOf: (issuer) => issuer ?? '' },
      ...(this.#authorization && { authorization: this.#authorization }),
    });
    const path = `studies/${studyUid}/series/${one.seriesInstanceUid}/instances/${one.sopInstanceUid}`;
    await archive.take(path, AbortSignal.any([signal, AbortSignal.timeout(limits.answerMs)]));
  }

  abort(): void {
    this.#line.abort();
    this.#fhir.abort();
  }

  async #asked(method: 'GET' | 'PUT', path: string, body?: string): Promise<Response> {
    const answer = await this.#fhir.send(method, path, body, body && 'application/fhir+json');
    if (answer.ok) return answer;
    await answer.body?.cancel();
    const isRefused = answer.status >= 400 && answer.status < 500 && ![401, 403, 404, 408, 429].includes(answer.status);
    throw new Problem(isRefused ? 'delivery/refused' : 'delivery/not-now');
  }
}
