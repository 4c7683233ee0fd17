// One instance that a reader stored, on its way home: read whole, told whose it is at every depth, and kept in the client's
// archive as anything that arrives. Encapsulated documents are read as people read them: they cannot be changed.

import { asProblem } from '../../base/problem.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import { readDicom } from '../../dicom/reader.ts';
import { transferSyntax } from '../../dicom/transfer-syntax.ts';
import { fileMeta, writeDataSet } from '../../dicom/writer.ts';
import { taskId } from '../../reading/case/reading-task.ts';
import { reidentify } from '../../reading/privacy/reidentify.ts';
import { remainsInText } from '../../reading/privacy/remains.ts';
import { restoreText } from '../../reading/privacy/restore-text.ts';
import type { ReturnCode, ReturnFinding, WayHome } from '../../reading/privacy/way-home.ts';
import type { ReturnDecision, Settlement } from '../../reading/store/returns.ts';
import { currentVersion } from '../../storage/fhir-resources.ts';
import { noteDocument } from '../../storage/report-documents.ts';
import type { Core } from '../core.ts';
import { heldBytes } from '../deidentify/clean-pixels.ts';
import { receiveFrom } from '../doors/receive.ts';
import { DocumentReader } from '../reports/document-reader.ts';
import { TYPE } from '../reports/report-store.ts';
import type { Spine } from '../spine.ts';
import { textOfPdf } from './document-text.ts';
import type { ProviderSigning, Taken } from './provider-signing.ts';
import { planReported } from './report-deliveries.ts';
import { isPdf, reportAtHome, signedReportOf } from './report-of-instance.ts';
import { onlyStudyOf, type ReturningCase, returningCase } from './returning-case.ts';

export const limits = {
  /** A larger one waits for a person. */
  objectBytes: 256 * 1024 * 1024,
} as const;

/** As it lies in the room. */
export interface StoredInRoom {
  room: number;
  studyInstanceUid: string;
  sopInstanceUid: string;
  object: string;
  sizeBytes: number;
  version: number;
}

/** Segmentations, parametric maps, doses, surfaces: their pixels are no picture of anything with words in it. */
const NO_PICTURE = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(?:66\.\d+|30|481\.\d+)$/;

export class InstanceReturn {
  readonly #core: Core;
  readonly #spine: Spine;
  readonly #signing: ProviderSigning;
  readonly #documents: DocumentReader;

  constructor(core: Core, spine: Spine, signing: ProviderSigning) {
    this.#core = core;
    this.#spine = spine;
    this.#signing = signing;
    this.#documents = new DocumentReader(core, spine);
  }

  /** Durable at home when it resolves so, and its case is ended where it says so. Rejects where the catalogue or the disk is away. */
  async bring(item: StoredInRoom, decision?: ReturnDecision): Promise<Settlement> {
    const { objects } = this.#spine;
    const isLarge = item.sizeBytes > limits.objectBytes;
    const bytes = isLarge ? undefined : await heldBytes(objects.open(item.object, { end: item.sizeBytes }));
    const read = bytes && readDicom(bytes);
    const said = read && (await signedReportOf(read.dataset, item.version));
    const found = await this.#caseOf(item, read?.dataset, said !== undefined);
    if (typeof found === 'string') return { state: 'quarantined', findings: [{ code: found, path: '' }] };
    const of = { tenant: found.stored.client, case: found.stored.reading.id };
    if (found.isReadAgain && decision === undefined) return waiting(of, [{ code: 'further-reading', path: '' }]);
    if (read === undefined) return waiting(of, [{ code: 'not-searched', path: '' }]);
    const { dataset, transferSyntax: syntax } = read;
    const way = confirming(found.way, decision);
    const document = await documentFindings(dataset, way);
    const findings = [...pixelFindings(dataset, decision), ...document, ...reidentify(dataset, way, found.study)];
    const taken =
      said && findings.length === 0 ? await this.#signing.take(of.case, said, decision) : ({ kind: 'beside' } as const);
    if (taken.kind === 'refused') findings.push(taken.finding);
    if (findings.length > 0) {
      if (said !== undefined) await this.#signing.alarm(of.case, findings[0]!.code);
      return waiting(of, findings);
    }
    // The way home of signed reports takes back what it said: homecoming.ts.
    if (taken.kind === 'withdrawn') return { state: 'home', ...of };
    try {
      if (taken.kind === 'signed' || taken.kind === 'known') await this.#tell(dataset, found, taken);
      await this.#keep(dataset, syntax.uid, found);
    } catch (thrown) {
      const { code } = asProblem(thrown);
      if (code.startsWith('storage/')) throw thrown;
      return waiting(of, [{ code: 'not-kept', path: code }]);
    }
    return { state: 'home', ...of, home: dataset.text('SOPInstanceUID')! };
  }

  /** A PDF from a system that knows no study says by its patient which case it is of, where that has one alone. */
  async #caseOf(
    { room, studyInstanceUid }: StoredInRoom,
    dataset: DataSet | undefined,
    isSigned: boolean,
  ): Promise<ReturningCase | ReturnCode> {
    const found = await returningCase(this.#core, room, studyInstanceUid, isSigned);
    if (found !== 'not-of-case' || dataset === undefined || !isPdf(dataset)) return found;
    const study = await onlyStudyOf(this.#core, room, dataset.text('PatientID') ?? '');
    const only = study === undefined ? found : await returningCase(this.#core, room, study, isSigned);
    if (typeof only === 'string') return only;
    const accession = dataset.text('AccessionNumber');
    if (accession && accession !== only.way.map.accession?.pseudonym) return 'not-of-case';
    const own = [dataset.text('SOPInstanceUID'), dataset.text('SeriesInstanceUID')];
    dataset.set('StudyInstanceUID', only.way.map.studyUid.pseudonym);
    return { ...only, way: { ...only.way, isOwn: (uid) => own.includes(uid) || only.way.isOwn(uid) } };
  }

  /** The report of the case at home is this document, before it is kept there: whoever reads it then must know. */
  async #tell(
    dataset: DataSet,
    { stored }: ReturningCase,
    taken: Extract<Taken, { kind: 'signed' | 'known' }>,
  ): Promise<void> {
    const { database } = this.#core;
    const { client, reading } = stored;
    const uid = (keyword: string) => dataset.text(keyword)!;
    const document = {
      tenant: client,
      studyInstanceUid: uid('StudyInstanceUID'),
      seriesInstanceUid: uid('SeriesInstanceUID'),
      sopInstanceUid: uid('SOPInstanceUID'),
      sopClassUid: uid('SOPClassUID'),
    };
    const id = taskId(reading.id);
    if (taken.kind === 'known') {
      const current = await currentVersion(database, { tenant: client, type: TYPE, id });
      if (current !== undefined) await noteDocument(database, { ...document, report: id, version: current.version });
      return;
    }
    const kept = await this.#documents.tell(document, reportAtHome(dataset), id);
    await planReported(this.#core, stored, { ...taken, report: kept.id, reportVersion: kept.version });
  }

  async #keep(dataset: DataSet, transferSyntaxUid: string, { stored }: ReturningCase): Promise<void> {
    const provider = stored.reading.facts.provider;
    const principal = { id: `reading:${provider}`, kind: 'local', tenant: stored.client, scopes: ['write'] } as const;
    const [sopClassUid, sopInstanceUid] = [dataset.text('SOPClassUID')!, dataset.text('SOPInstanceUID')!];
    const expected = { sopClassUid, sopInstanceUid, studyInstanceUid: dataset.text('StudyInstanceUID')! };
    const arrival = { door: 'exchange', source: `reading/${provider}`, expected } as const;
    const receiving = receiveFrom(this.#core, this.#spine.receive, principal, arrival);
    try {
      await receiving.write(fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid }));
      for (const chunk of writeDataSet(dataset, transferSyntax(transferSyntaxUid)!))
        await receiving.write(Uint8Array.from(chunk));
    } catch (thrown) {
      receiving.abort('what came home cannot be written');
      throw thrown;
    }
    await receiving.finish();
  }
}

const waiting = (of: { tenant: number; case: string }, findings: readonly ReturnFinding[]): Settlement => ({
  state: 'quarantined',
  ...of,
  findings,
});

export const confirming = (way: WayHome, decision: ReturnDecision | undefined): WayHome =>
  decision?.dates === undefined ? way : { ...way, confirmed: new Set(decision.dates) };

function pixelFindings(dataset: DataSet, decision: ReturnDecision | undefined): ReturnFinding[] {
  const isPicture = dataset.has('PixelData') && !NO_PICTURE.test(dataset.text('SOPClassUID') ?? '');
  return isPicture && decision?.pixels !== true ? [{ code: 'words-in-pixels', path: '7FE00010' }] : [];
}

/** An encapsulated document goes home as it is, or not at all. */
async function documentFindings(dataset: DataSet, way: WayHome): Promise<ReturnFinding[]> {
  const bytes = dataset.bytes('EncapsulatedDocument');
  if (bytes === undefined) return [];
  const type = dataset.text('MIMETypeOfEncapsulatedDocument')?.toLowerCase() ?? '';
  const finding = await findingOfDocument(type, bytes, way);
  return finding === undefined ? [] : [{ code: finding, path: '00420011' }];
}

/** undefined for a document in which nothing would have to be changed. */
export async function findingOfDocument(
  mediaType: string,
  bytes: Uint8Array,
  way: WayHome,
): Promise<ReturnFinding['code'] | undefined> {
  const isText = /^text\/|[/+]xml$/.test(mediaType);
  const read =
    mediaType === 'application/pdf'
      ? await textOfPdf(bytes)
      : isText
        ? { text: new TextDecoder().decode(bytes), isAll: true }
        : undefined;
  if (read === undefined) return 'not-searched';
  const remains = remainsInText(read.text, way.map);
  if (remains !== undefined) return remains;
  const { text, codes } = restoreText(read.text, way);
  if (codes.length > 0) return codes[0];
  // A moved date that could be told with certainty stands in it all the same.
  if (text !== read.text) return 'date-not-reversible';
  return read.isAll ? undefined : 'not-searched';
}
