// Priors from a DIMSE archive: found by C-FIND, brought by C-MOVE to ourselves, or by C-GET where it does not know us or does
// not move. PS3.4 C.

import { asProblem, Problem } from '../../base/problem.ts';
import { type Archive, type AskedPatient, isTheSame, type ListedPart } from '../../delivery/archive.ts';
import { DataSet } from '../../dicom/dataset.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN, transferSyntaxes } from '../../dicom/transfer-syntax.ts';
import type { Destination, StoreRequest } from '../../dimse/handlers.ts';
import { dimseLimits } from '../../dimse/limits.ts';
import { openAssociation, type RequestedAssociation } from '../../dimse/requested-association.ts';
import { find, get, type InstanceSink, move } from '../../dimse/scu.ts';
import type { ContextProposal } from '../../dimse/store-contexts.ts';
import type { PriorFacts } from '../../routing/facts.ts';

const [FIND, MOVE, GET] = ['1', '2', '3'].map((model) => `1.2.840.10008.5.1.4.1.2.2.${model}`) as [
  string,
  string,
  string,
];
const plain = [EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN];
/** PS3.4 C.4.2.1.5. */
const MOVE_DESTINATION_UNKNOWN = 'A801H';

export const limits = {
  /** Studies of one patient that are looked at. */
  studies: 1000,
} as const;

export interface DimseArchiveOptions {
  /** Where it is just now; undefined: no such peer. */
  peer(): Destination | undefined;
  /** Ours. */
  aeTitle: string;
  retrieve?: 'get' | 'move';
  /** The issuer as we call it; of the archive's own numbers where it says none. */
  issuerOf(issuer: string | undefined): string;
  /** Takes one object of a C-GET. */
  receive(request: StoreRequest): InstanceSink;
}

export class DimseArchive implements Archive {
  readonly #options: DimseArchiveOptions;

  constructor(options: DimseArchiveOptions) {
    this.#options = options;
  }

  async studiesOf(patient: AskedPatient): Promise<PriorFacts[]> {
    const association = await this.#associate([{ abstractSyntax: FIND, transferSyntaxes: plain }]);
    try {
      const studies = new Map<string, PriorFacts>();
      for (const id of new Set(patient.identifiers.map((identifier) => identifier.id))) {
        for await (const match of find(association, FIND, studiesUnder(id))) {
          const prior = this.#priorOf(match, patient);
          if (prior !== undefined) studies.set(prior.uid, prior);
          if (studies.size >= limits.studies) return [...studies.values()];
        }
      }
      return [...studies.values()];
    } finally {
      await association.release();
    }
  }

  async pull(studyInstanceUid: string, signal: AbortSignal, series?: readonly ListedPart[]): Promise<void> {
    const wanted = series?.map(({ seriesInstanceUid }) =>
      atLevel('SERIES', { studyInstanceUid }).set('SeriesInstanceUID', seriesInstanceUid),
    );
    for (const identifier of wanted ?? [atLevel('STUDY', { studyInstanceUid })]) await this.#pull(identifier, signal);
  }

  async #pull(identifier: DataSet, signal: AbortSignal): Promise<void> {
    const { retrieve } = this.#options;
    try {
      if (retrieve !== 'get') return await this.#move(identifier, signal);
    } catch (thrown) {
      const { code, details } = asProblem(thrown);
      const cannotMove = code === 'dimse/context-refused' || details.status === MOVE_DESTINATION_UNKNOWN;
      if (retrieve === 'move' || !cannotMove) throw thrown;
    }
    await this.#get(identifier, signal);
  }

  #priorOf(match: DataSet, patient: AskedPatient): PriorFacts | undefined {
    const there = {
      patientId: match.text('PatientID') ?? '',
      issuer: match.text('IssuerOfPatientID'),
      birthDate: match.text('PatientBirthDate'),
    };
    const uid = match.text('StudyInstanceUID');
    if (uid === undefined || !isTheSame(patient, there, this.#options.issuerOf)) return undefined;
    const date = /^(\d{4})(\d{2})(\d{2})$/
      .exec(match.text('StudyDate') ?? '')
      ?.slice(1)
      .join('-');
    const description = match.text('StudyDescription');
    const instances = match.number('NumberOfStudyRelatedInstances');
    return {
      uid,
      ...(date && { date }),
      ...(description && { description }),
      modalities: match.texts('ModalitiesInStudy'),
      ...(instances !== undefined && { instances }),
    };
  }

  #move(identifier: DataSet, signal: AbortSignal): Promise<void> {
    return this.#on([{ abstractSyntax: MOVE, transferSyntaxes: plain }], signal, async (association) => {
      const { command } = await move(association, MOVE, identifier, this.#options.aeTitle);
      requireTaken('C-MOVE', command.status);
    });
  }

  async #get(identifier: DataSet, signal: AbortSignal): Promise<void> {
    const { receive } = this.#options;
    const classes = await this.#classesOf(identifier.text('StudyInstanceUID')!, signal);
    const contexts = [{ abstractSyntax: GET, transferSyntaxes: plain }, ...storageContexts(classes)];
    await this.#on(contexts, signal, async (association) => {
      const { command } = await get(association, GET, identifier, receive);
      requireTaken('C-GET', command.status);
    });
  }

  /** PS3.7 D.3.3.4: what we store in the answer has to be agreed on before it is known. */
  async #classesOf(studyInstanceUid: string, signal: AbortSignal): Promise<string[]> {
    const classes = new Set<string>();
    await this.#on([{ abstractSyntax: FIND, transferSyntaxes: plain }], signal, async (association) => {
      const ofSeries = atLevel('SERIES', { studyInstanceUid }).set('SeriesInstanceUID', null);
      const series = await Array.fromAsync(find(association, FIND, ofSeries));
      for (const one of series) {
        const seriesInstanceUid = one.text('SeriesInstanceUID') ?? '';
        const ofImages = atLevel('IMAGE', { studyInstanceUid }).set('SeriesInstanceUID', seriesInstanceUid);
        ofImages.set('SOPInstanceUID', null).set('SOPClassUID', null);
        for await (const image of find(association, FIND, ofImages)) classes.add(image.text('SOPClassUID') ?? '');
      }
    });
    return [...classes].filter((uid) => uid !== '');
  }

  /** Ends at once where `signal` aborts. */
  async #on(
    contexts: readonly ContextProposal[],
    signal: AbortSignal,
    work: (association: RequestedAssociation) => Promise<void>,
  ): Promise<void> {
    const association = await this.#associate(contexts);
    const drop = () => association.drop();
    signal.addEventListener('abort', drop, { once: true });
    try {
      await work(association);
    } finally {
      signal.removeEventListener('abort', drop);
      await association.release();
    }
  }

  #associate(contexts: readonly ContextProposal[]): Promise<RequestedAssociation> {
    const { aeTitle: callingAeTitle, peer } = this.#options;
    const called = peer();
    if (called === undefined) throw new Problem('dimse/destination-unknown', { aeTitle: 'of the archive' });
    const { aeTitle: calledAeTitle, host, port, tls } = called;
    return openAssociation({ host, port, tls, calledAeTitle, callingAeTitle, contexts });
  }
}

const atLevel = (level: string, { studyInstanceUid }: { studyInstanceUid: string }): DataSet =>
  new DataSet().set('QueryRetrieveLevel', level).set('StudyInstanceUID', studyInstanceUid);

function studiesUnder(patientId: string): DataSet {
  const identifier = new DataSet()
    .set('SpecificCharacterSet', 'ISO_IR 192')
    .set('QueryRetrieveLevel', 'STUDY')
    // The number itself, whatever it is made of: PS3.4 C.2.2.2.4 knows no escape, and the answers are compared.
    .set('PatientID', patientId);
  const keys = ['IssuerOfPatientID', 'PatientBirthDate', 'StudyInstanceUID', 'StudyDate', 'StudyDescription'];
  for (const keyword of [...keys, 'ModalitiesInStudy', 'NumberOfStudyRelatedInstances']) identifier.set(keyword, null);
  return identifier;
}

/** Each class as it is stored there, and as anybody can send it. */
function storageContexts(classes: readonly string[]): ContextProposal[] {
  const compressed = transferSyntaxes.map(({ uid }) => uid).filter((uid) => !plain.includes(uid));
  const room = Math.floor((dimseLimits.presentationContexts - 1) / 2);
  return classes.slice(0, room).flatMap((abstractSyntax) =>
    [compressed, plain].map((offered) => ({
      abstractSyntax,
      transferSyntaxes: offered,
      role: { scuRole: false, scpRole: true },
    })),
  );
}

/** A warning says that some did not come: they are counted. PS3.4 C.4.2.1.5. */
function requireTaken(operation: string, status: number | undefined): void {
  if (status === 0 || status === 0xb000) return;
  throw new Problem('dimse/operation-failed', { operation, status: `${(status ?? 0).toString(16).toUpperCase()}H` });
}
