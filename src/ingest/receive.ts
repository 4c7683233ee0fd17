// One object on its way in: its bytes go to disk as they come while the reader follows its head. `finish` answers once file
// and catalogue row are durable, which happen at the same time; what cannot be understood is set aside.

import { asProblem, Problem } from '../base/problem.ts';
import { concatenated } from '../dicom/bytes.ts';
import type { Finding } from '../dicom/finding.ts';
import { DicomReader } from '../dicom/reader.ts';
import { isUsableUid } from '../dicom/uid.ts';
import { InDoubt } from '../storage/catalogue-keep.ts';
import type { KeepAnswer, KeepRequest } from '../storage/keep-rows.ts';
import type { ObjectWriter } from '../storage/objects/object-store.ts';
import { setAside } from '../storage/quarantine.ts';
import type { Arrival, Kept, KeptAs, Receiving } from './arrival.ts';
import { type Identity, identify } from './describe.ts';
import { fileHeader } from './file-header.ts';
import { foretellRejection, honourRejections } from './honour-rejections.ts';
import type { Spine } from './ingest.ts';
import { prepareRequest } from './keep-request.ts';
import { keepOtherBytes } from './other-bytes.ts';
import { receivedPatient } from './received-patient.ts';

export const limits = {
  /** Of one object. */
  objectBytes: 16 * 1024 ** 3,
  /** Received before it is clear what the file's header is. */
  headBytes: 4 * 1024 * 1024,
} as const;

export class IncomingObject implements Receiving {
  readonly #spine: Spine;
  readonly #arrival: Arrival;
  readonly #reader: DicomReader;
  /** What was received while the header was not known. */
  #head: Uint8Array[] = [];
  #headerBytes = 0;
  #receivedBytes = 0;
  #writer: ObjectWriter | undefined;
  #failure: Problem | undefined;
  #hasArrived: (() => void) | undefined;

  constructor(spine: Spine, arrival: Arrival) {
    this.#spine = spine;
    this.#arrival = arrival;
    this.#hasArrived = spine.keeper.arrives();
    const { transferSyntaxUid } = arrival;
    this.#reader = new DicomReader(transferSyntaxUid === undefined ? {} : { form: 'dataset', transferSyntaxUid });
  }

  /** Never throws: a failure waits for `finish`, and what comes after it is taken for the quarantine. */
  write(chunk: Uint8Array): void | Promise<void> {
    this.#receivedBytes += chunk.length;
    if (this.#receivedBytes > limits.objectBytes)
      this.#failure ??= new Problem('request/too-large', { what: 'object', limit: 'objectBytes' });
    if (this.#failure === undefined) this.#attempt(() => this.#reader.push(chunk));
    if (this.#writer === undefined) {
      this.#head.push(chunk.slice());
      let written: Promise<void> | undefined;
      this.#attempt(() => {
        written = this.#begin(false);
      });
      return written;
    }
    if (this.#failure !== undefined && !isAboutTheObject(this.#failure)) return;
    try {
      return this.#writer.write(chunk)?.catch((thrown) => this.#fail(thrown));
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  async finish(): Promise<Kept> {
    try {
      return await this.#keep();
    } catch (thrown) {
      const problem = asProblem(thrown);
      await this.#giveUp(problem);
      throw this.#named(problem);
    }
  }

  abort(): void {
    this.#arrived();
    this.#failure ??= new Problem('request/cancelled');
    void this.#writer?.abort();
  }

  #arrived(): void {
    this.#hasArrived?.();
    this.#hasArrived = undefined;
  }

  #attempt(step: () => void): void {
    try {
      step();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    this.#failure ??= asProblem(thrown);
  }

  /** Opens the object once its header is known; of what cannot be read, without one. */
  #begin(complete: boolean): Promise<void> | undefined {
    const head = this.#head.length === 1 ? this.#head[0]! : concatenated(this.#head);
    this.#head = [head];
    const unreadable = this.#failure !== undefined;
    const header = unreadable ? new Uint8Array(0) : fileHeader(this.#arrival, this.#reader, head, complete);
    if (header === undefined) {
      if (head.length > limits.headBytes) throw new Problem('dicom/limit', { limit: 'headBytes', offset: head.length });
      return undefined;
    }
    this.#headerBytes = header.length;
    this.#writer = this.#spine.store.create(header, this.#reader.transferSyntax?.uid ?? '');
    this.#head = [];
    const written = this.#writer.write(unreadable ? head : head.subarray(this.#reader.datasetOffset));
    return written?.catch((thrown) => this.#fail(thrown));
  }

  async #keep(): Promise<Kept> {
    if (this.#failure) throw this.#failure;
    const read = this.#reader.end();
    read.findings.push(...(this.#arrival.findings ?? []));
    const identity = identify(read, read.findings);
    checkAnnounced(this.#arrival, identity);
    if (this.#writer === undefined) await this.#begin(true);
    const writer = this.#writer!;
    const flushed = writer.flush();
    // The disk works while we describe what it writes.
    flushed.catch(() => undefined);
    const patient = await receivedPatient(this.#spine, read.dataset, this.#arrival.tenant, identity);
    const describe = prepareRequest(this.#arrival, read, identity, this.#headerBytes, patient);
    const request = describe(await flushed, writer);
    this.#arrived();
    await foretellRejection(this.#spine.database, this.#arrival.tenant, read.dataset);
    const answer = await this.#commit(writer, request);
    if (answer.patientDiffers) read.findings.push(PATIENT_DIFFERS);
    const { keptAs, instanceId } =
      answer.instanceId === undefined
        ? await keepOtherBytes(this.#spine, { request, answer, writer, read })
        : { keptAs: 'first' as KeptAs, instanceId: answer.instanceId };
    if (answer.instanceId !== undefined) void this.#publish(writer, answer.instanceId);
    await honourRejections(this.#spine.database, { tenant: this.#arrival.tenant, instanceId, keptAs }, read.dataset);
    return {
      keptAs,
      instanceId,
      studyInstanceUid: identity.studyUid,
      seriesInstanceUid: identity.seriesUid,
      sopInstanceUid: identity.sopUid,
      sopClassUid: identity.sopClassUid,
      sizeBytes: writer.sizeBytes,
      findings: read.findings,
    };
  }

  /** Row and file at the same time. */
  async #commit(writer: ObjectWriter, request: KeepRequest): Promise<KeepAnswer> {
    const [kept, synced] = await Promise.allSettled([this.#spine.keeper.keep(request), writer.sync()]);
    if (kept.status === 'rejected') throw kept.reason;
    if (synced.status === 'rejected') {
      if (kept.value.instanceId !== undefined) await this.#spine.keeper.takeBack(kept.value.instanceId);
      throw synced.reason;
    }
    return kept.value;
  }

  /** The object is kept already. Should its name fail, it is found under the temporary one, and recovery sees to it. */
  async #publish(writer: ObjectWriter, instanceId: string): Promise<void> {
    try {
      await writer.publish();
      this.#spine.keeper.mark.durable(instanceId);
    } catch (thrown) {
      this.#spine.log.error({ code: asProblem(thrown).code, error: thrown }, 'an object keeps its temporary name');
    }
  }

  /** With the UIDs of the object, as far as they were read: PS3.18 10.5.3 asks for them in the answer. */
  #named(problem: Problem): Problem {
    const { dataset } = this.#reader.partial;
    for (const [name, keyword] of [
      ['sopClassUid', 'SOPClassUID'],
      ['sopInstanceUid', 'SOPInstanceUID'],
    ] as const) {
      const uid = dataset.text(keyword);
      if (uid !== undefined && isUsableUid(uid)) problem.details[name] ??= uid;
    }
    return problem;
  }

  /** Keeps nothing; but what could not be understood is kept as evidence, as far as there is room. */
  async #giveUp(problem: Problem): Promise<void> {
    this.#arrived();
    if (problem instanceof InDoubt) return this.#writer?.leave();
    if (!isAboutTheObject(problem) || this.#receivedBytes === 0) return this.#writer?.abort();
    const { tenant, door, source } = this.#arrival;
    const entry = {
      tenant,
      door,
      source,
      problem: problem.code,
      reason: problem.message,
      sizeBytes: this.#receivedBytes,
    };
    try {
      if (this.#writer === undefined) {
        this.#failure ??= problem;
        await this.#begin(true);
      }
      await setAside(this.#spine.database, this.#spine.store, entry, this.#writer);
    } catch (thrown) {
      this.#spine.log.warn({ code: asProblem(thrown).code, reason: problem.code }, 'could not set an object aside');
      await this.#writer?.abort();
    }
  }
}

const PATIENT_DIFFERS: Finding = {
  code: 'patient-differs',
  path: '00100020',
  offset: -1,
  assumed: 'it is kept as a study of its own, under the same UID',
};

/** Whether the object itself is at fault, and not our disk, our database or the sender's patience. */
const isAboutTheObject = ({ code }: Problem): boolean => code.startsWith('dicom/');

/** PS3.4 B.2.3 and PS3.18 10.5.3: what the request said of the object, and what the object says. */
function checkAnnounced({ expected }: Arrival, identity: Identity): void {
  const { sopClassUid, sopInstanceUid, studyInstanceUid } = expected ?? {};
  if (sopClassUid !== undefined && sopClassUid !== identity.sopClassUid) {
    throw new Problem('dicom/instance-mismatch', { attribute: 'SOPClassUID' });
  }
  if (sopInstanceUid !== undefined && sopInstanceUid !== identity.sopUid) {
    throw new Problem('dicom/instance-mismatch', { attribute: 'SOPInstanceUID' });
  }
  if (studyInstanceUid !== undefined && studyInstanceUid !== identity.studyUid) {
    throw new Problem('dicom/study-mismatch');
  }
}
