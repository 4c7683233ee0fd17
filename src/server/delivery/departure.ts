// A kept instance as it leaves for a destination: as it came, or with the steps of its rule done to it on the way. Its head
// is read and exchanged, its pixels go through; the file stays as it is.

import { createHash } from 'node:crypto';
import { asProblem, Problem } from '../../base/problem.ts';
import type { PixelsAnswer } from '../../deidentify/marks.ts';
import type { PixelDemand } from '../../deidentify/pixel-demand.ts';
import type { Form, Outcome } from '../../delivery/line.ts';
import { type PatientNumber, patientNumberIn } from '../../delivery/sent-patient.ts';
import { concatenated } from '../../dicom/bytes.ts';
import type { CoercedValues } from '../../dicom/coercion.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { Reencoder } from '../../dicom/reencode.ts';
import { isUncompressed, type TransferSyntax, transferSyntax } from '../../dicom/transfer-syntax.ts';
import { newUid } from '../../dicom/uid.ts';
import { fileMeta, writeDataSet } from '../../dicom/writer.ts';
import type { SendableInstance } from '../../dimse/handlers.ts';
import { canEncode } from '../../pixels/codecs/encode-frame.ts';
import { decodedFrame } from '../../pixels/codecs/encoded-attributes.ts';
import { frameDescriptionOf } from '../../pixels/frame-description.ts';
import type { Step } from '../../routing/step.ts';
import type { ElementEdits } from '../../routing/transform/edits.ts';
import { type Outgoing, outgoing } from '../../routing/transform/outgoing.ts';
import type { UidOf } from '../../routing/transform/uid-plan.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import { InstancePlaces } from '../../storage/instance-places.ts';
import { ordersOfStudies } from '../../storage/orders-of-studies.ts';
import { orderValues } from '../../translate/order-values.ts';
import type { Core } from '../core.ts';
import { cleanedSyntax, cleanPixels, heldBytes } from '../deidentify/clean-pixels.ts';
import type { Asked } from '../deidentify/deidentifier.ts';
import { sendable } from '../doors/sendable.ts';
import { transcodable } from '../pixels/transcodable.ts';
import type { Spine } from '../spine.ts';
import { UidPlans } from './uid-plans.ts';

export interface Departure {
  /** As DIMSE sends it. */
  sendable: SendableInstance;
  /** Whose it is by its own attributes, where they are not those that are kept. */
  patient?: PatientNumber;
  /** The Part 10 file. */
  file(): AsyncIterable<Uint8Array>;
}

/** What whoever sends pseudonyms away knows, and is told. */
export type AsPseudonym = Pick<Asked, 'patient' | 'also' | 'told'>;

export type Depart = (instance: KeptInstance, form: Form) => Promise<Departure>;

/** What cannot leave is refused by us, and the receiver is not asked. */
export async function departing(
  depart: Depart,
  instance: KeptInstance,
  form: Form,
  send: (departure: Departure) => Promise<Outcome>,
): Promise<Outcome> {
  let departure: Departure;
  try {
    departure = await depart(instance, form);
  } catch (thrown) {
    const { code, message } = asProblem(thrown);
    if (code === 'storage/unavailable') throw thrown;
    return { refused: code, reason: message };
  }
  const outcome = await send(departure);
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = departure.sendable;
  const isKnownAsHere =
    studyInstanceUid === instance.studyInstanceUid &&
    seriesInstanceUid === instance.seriesInstanceUid &&
    sopInstanceUid === instance.sopInstanceUid;
  if (!('taken' in outcome) || isKnownAsHere) return outcome;
  return { ...outcome, sentAs: { studyInstanceUid, seriesInstanceUid, sopInstanceUid } };
}

export class Departures {
  readonly #core: Core;
  readonly #spine: Spine;
  readonly #places: InstancePlaces;
  readonly #plans: UidPlans;

  constructor(core: Core, spine: Spine) {
    this.#core = core;
    this.#spine = spine;
    this.#places = new InstancePlaces(core.database);
    this.#plans = new UidPlans(core.database);
  }

  /** Rejects with delivery/not-transformed where it must not be sent like this. */
  async of(instance: KeptInstance, form: Form, as: AsPseudonym = {}): Promise<Departure> {
    const departure = await this.#of(instance, form, as);
    return form.paced === undefined ? departure : slowed(departure, form.paced);
  }

  async #of(instance: KeptInstance, form: Form, as: AsPseudonym): Promise<Departure> {
    if (form.steps.length === 0) {
      const { object, sizeBytes } = instance;
      return {
        sendable: sendable(this.#core, this.#spine, this.#places, instance),
        file: () => this.#spine.objects.open(object, { end: sizeBytes }),
      };
    }
    const { changed, cleaned } = await this.#transformed(instance, form, as);
    const [finding] = changed.findings.filter(({ stops }) => stops);
    if (finding !== undefined) {
      const reason = [finding.step, finding.code, finding.path].filter(Boolean).join(' ');
      throw new Problem('delivery/not-transformed', { reason });
    }
    if (changed.transcode !== undefined) checkEncodable(instance, changed.dataset, changed.transcode.syntax);
    return cleaned === undefined ? this.#departure(instance, changed) : cleanedDeparture(cleaned, changed);
  }

  /** `cleaned`: where pixels were, the data set with which it leaves instead of the one that is kept. */
  async #transformed(
    instance: KeptInstance,
    { tenant, study, steps, text, patient }: Form,
    as: AsPseudonym,
  ): Promise<{ changed: Outgoing; cleaned?: Uint8Array }> {
    const syntax = transferSyntax(instance.transferSyntaxUid);
    if (syntax === undefined) throw new Problem('delivery/not-transformed', { reason: 'unknown transfer syntax' });
    const uidOf = uidsOf(tenant, text);
    const uids = await this.#plans.of({ study, steps, text, uidOf }, instance);
    const order = steps.some(takesOrder) ? await this.#orderOf(study) : undefined;
    const demands: PixelDemand[] = [];
    const through = (chunks: AsyncIterable<Uint8Array>, written: TransferSyntax, pixels?: PixelsAnswer) =>
      outgoing(chunks, steps, {
        syntax: written,
        uidOf,
        ...(uids && { uids }),
        coerced: { ...(patient && { person: patient }), ...(order && { order }) },
        note: { modifyingSystem: this.#core.config.aet, at: new Date() },
        deidentify: (dataset, step) =>
          this.#core.deidentifier.deidentify(dataset, {
            ...as,
            tenant: String(tenant),
            step,
            transferSyntaxUid: written.uid,
            ...(pixels && { pixels }),
            demanded: (asked) => void demands.push(asked),
          }),
      });
    const changed = await through(this.#stored(instance), syntax);
    const [demand] = demands;
    const answer = demand && (await cleanPixels(await heldBytes(this.#stored(instance)), syntax.uid, demand));
    if (answer === undefined) return { changed };
    if (answer.dataset === undefined) return { changed: await through(this.#stored(instance), syntax, answer.answer) };
    const cleaned = concatenated(writeDataSet(answer.dataset, cleanedSyntax));
    return { changed: await through(inOneChunk(cleaned), cleanedSyntax, answer.answer), cleaned };
  }

  /** undefined where nobody ordered the study. */
  async #orderOf(study: string): Promise<CoercedValues | undefined> {
    const [ordered] = await ordersOfStudies(this.#core.database, [study]);
    return ordered && orderValues(ordered.document as Parameters<typeof orderValues>[0]);
  }

  #departure(instance: KeptInstance, { dataset, edits, transcode }: Outgoing): Departure {
    const stored = instance.transferSyntaxUid;
    const { lossless, make } = transcodable(
      {
        objects: this.#spine.objects,
        pixels: this.#spine.pixels,
        framesOf: (one: KeptInstance) => this.#places.framesOf(one),
      },
      instance,
    );
    const edited = (chunks: AsyncIterable<Uint8Array>, uid: string): AsyncIterable<Uint8Array> => {
      if (changes === undefined) return chunks;
      const syntax = transferSyntax(uid)!;
      return new Reencoder(syntax, syntax, { edits: changes }).through(chunks);
    };
    const ratio = transcode?.ratio;
    const changes = edits && {
      ...edits,
      elements: ratio === undefined ? edits.elements : withoutRatio(edits.elements),
    };
    const made = async (uid: string) => {
      const { chunks, transferSyntaxUid = uid } = await make(uid, { ratio });
      return edited(chunks, transferSyntaxUid);
    };
    // By pixels that are not made anew the rule's transfer syntax is that of the file.
    const target = transcode === undefined || transcode.syntax.uid === stored ? stored : transcode.syntax.uid;
    const dataSet =
      target === stored ? () => edited(this.#stored(instance), stored) : () => flowing(() => made(target));
    const identity = {
      sopClassUid: dataset.text('SOPClassUID') ?? instance.sopClassUid,
      sopInstanceUid: dataset.text('SOPInstanceUID') ?? instance.sopInstanceUid,
      transferSyntaxUid: target,
    };
    return {
      sendable: {
        ...identity,
        studyInstanceUid: dataset.text('StudyInstanceUID') ?? instance.studyInstanceUid,
        seriesInstanceUid: dataset.text('SeriesInstanceUID') ?? instance.seriesInstanceUid,
        sizeBytes: instance.sizeBytes - instance.datasetOffset,
        open: dataSet,
        // A derived image is what its encoder made of it, in no other syntax.
        ...(ratio === undefined && {
          transcodable: { transferSyntaxes: lossless.filter((uid) => uid !== target), open: made },
        }),
      },
      patient: patientNumberIn(dataset),
      async *file() {
        yield fileMeta(identity);
        yield* dataSet();
      },
    };
  }

  #stored({ object, datasetOffset, sizeBytes }: KeptInstance): AsyncIterable<Uint8Array> {
    return this.#spine.objects.open(object, { start: datasetOffset, end: sizeBytes });
  }
}

async function* inOneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  // What is sent is given away.
  yield bytes.slice();
}

/** In the syntax that its pixels were cleaned in, whatever the rule would transcode it to: receivers all take it. */
function cleanedDeparture(cleaned: Uint8Array, { dataset, edits }: Outgoing): Departure {
  const identity = {
    sopClassUid: dataset.text('SOPClassUID')!,
    sopInstanceUid: dataset.text('SOPInstanceUID')!,
    transferSyntaxUid: cleanedSyntax.uid,
  };
  const open = () => new Reencoder(cleanedSyntax, cleanedSyntax, { edits }).through(inOneChunk(cleaned));
  return {
    sendable: {
      ...identity,
      studyInstanceUid: dataset.text('StudyInstanceUID')!,
      seriesInstanceUid: dataset.text('SeriesInstanceUID')!,
      sizeBytes: cleaned.length,
      open,
    },
    patient: patientNumberIn(dataset),
    async *file() {
      yield fileMeta(identity);
      yield* open();
    },
  };
}

const takesOrder = (step: Step): boolean => 'coerce' in step && step.coerce.from === 'order';

const LOSSY_IMAGE_COMPRESSION_RATIO = 0x0028_2112;

/** What ratio was reached is said by whoever reached it. */
function withoutRatio(elements: ElementEdits['elements']): ElementEdits['elements'] {
  const others = new Map(elements);
  others.delete(LOSSY_IMAGE_COMPRESSION_RATIO);
  return others;
}

/** Refused before anything of it is sent: a receiver that got half an object would be asked again and again. */
function checkEncodable({ transferSyntaxUid }: KeptInstance, dataset: DataSet, syntax: TransferSyntax): void {
  if (isUncompressed(syntax) || canEncode(syntax.uid, decodedFrame(frameDescriptionOf(dataset), transferSyntaxUid)))
    return;
  throw new Problem('delivery/not-transformed', { reason: `transcode: ${syntax.name} cannot hold such frames` });
}

/** The same UID for the same text and form, on every node and after every restart. */
function uidsOf(tenant: number, form: string): UidOf {
  return (text) =>
    newUid(
      createHash('sha256')
        .update(JSON.stringify([tenant, form, text]))
        .digest()
        .subarray(0, 16),
    );
}

/** Every byte of it goes through `paced`. */
function slowed({ sendable, file, ...rest }: Departure, paced: NonNullable<Form['paced']>): Departure {
  const { transcodable: other } = sendable;
  return {
    ...rest,
    sendable: {
      ...sendable,
      open: () => paced(sendable.open()),
      ...(other && { transcodable: { ...other, open: async (uid: string) => paced(await other.open(uid)) } }),
    },
    file: () => paced(file()),
  };
}

async function* flowing(open: () => Promise<AsyncIterable<Uint8Array>>): AsyncGenerator<Uint8Array> {
  yield* await open();
}
