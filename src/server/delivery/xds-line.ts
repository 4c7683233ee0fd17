// The manifest of a study to an XDS Document Repository, as Imaging Document Source: Provide and Register Imaging Document Set
// – MTOM/XOP (IHE RAD TF-3 4.68, which is ITI-41). The next of the same study stands in the place of the last (RPLC); told
// twice, it is submitted once.

import { randomUUID } from 'node:crypto';
import { asProblem } from '../../base/problem.ts';
import type { Form, NoticeLine, Outcome } from '../../delivery/line.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import type { Database } from '../../storage/database.ts';
import { keepSubmitted, type SubmittedEntry, submitted } from '../../storage/xds-submissions.ts';
import type { ManifestParts } from '../../translate/manifest/bundle-of-manifest.ts';
import { issuedBy } from '../../translate/manifest/identifiers.ts';
import type { NumberOfIssuer } from '../../translate/manifest/manifest.ts';
import { oidOf, submitObjects, usualCodes, type XdsCodes } from '../../translate/manifest/xds-submission.ts';
import { readAnswer } from '../../xds/envelope.ts';
import { faultIn } from '../../xds/fault.ts';
import { actions, ns } from '../../xds/namespaces.ts';
import { readRegistryResponse } from '../../xds/registry-response.ts';
import { manifestDocument } from '../manifests/manifest-document.ts';
import { httpOutcome } from './http-outcome.ts';
import { type ManifestOf, manifestToTell } from './manifest-object-line.ts';
import { type SoapAnswer, soapCall } from './soap-client.ts';

export interface XdsLineOptions {
  /** Of the Document Repository. */
  url: string;
  authorization?: string;
  /** OID of whoever gives the numbers of patients in the affinity domain. */
  affinityDomain: string;
  codes?: Partial<XdsCodes>;
  language?: string;
  profile?: 'mado' | 'xds-i';
  /** Row of the destination. */
  destination: number;
  database: Database;
}

/** What a repository makes of one submission: `unknown`: there is no such document that it could stand in the place of. */
type Answered = Outcome | 'unknown';

export class XdsLine implements NoticeLine {
  readonly replaces = true;
  readonly #options: XdsLineOptions;
  readonly #manifestOf: ManifestOf;
  readonly #ending = new AbortController();

  constructor(options: XdsLineOptions, manifestOf: ManifestOf) {
    this.#options = options;
    this.#manifestOf = manifestOf;
  }

  async tell([instance]: readonly KeptInstance[], form: Form): Promise<Outcome> {
    const { database, destination, affinityDomain } = this.#options;
    const parts = await manifestToTell(this.#manifestOf, form);
    if ('refused' in parts) return parts;
    const patientId = numberIn(parts, affinityDomain);
    if (patientId === undefined) return { refused: 'xds/no-number' };
    const key = { tenant: form.tenant, destination, studyInstanceUid: instance!.studyInstanceUid };
    const document = parts.manifest.sopInstanceUid;
    const before = await submitted(database, key);
    const isSame = before?.entries[0]?.document === document;
    if (isSame && before!.isSettled) return { taken: true };
    const former = before === undefined ? [] : before.entries.slice(isSame ? 1 : 0);
    const entry = isSame ? before!.entries[0]! : { entry: `urn:uuid:${randomUUID()}`, document };
    await keepSubmitted(database, key, { entries: [entry, ...former], isSettled: false });
    const outcome = await this.#submit(parts, patientId, { entry, former, isAgain: isSame });
    if ('taken' in outcome) await keepSubmitted(database, key, { entries: [entry], isSettled: true });
    return outcome;
  }

  async close(): Promise<void> {}

  abort(): void {
    this.#ending.abort();
  }

  /** In the place of the latest that the registry knows: of some nobody knows whether they arrived. */
  async #submit(
    parts: ManifestParts,
    patientId: NumberOfIssuer,
    { entry, former, isAgain }: { entry: SubmittedEntry; former: readonly SubmittedEntry[]; isAgain: boolean },
  ): Promise<Outcome> {
    for (const replaced of [...former, undefined]) {
      const answered = await this.#provide(parts, patientId, { entry, replaced: replaced?.entry, isAgain });
      if (answered !== 'unknown') return answered;
    }
    return { refused: 'delivery/refused', reason: 'the registry knows none of the documents to be replaced' };
  }

  async #provide(
    parts: ManifestParts,
    patientId: NumberOfIssuer,
    {
      entry: { entry, document },
      replaced,
      isAgain,
    }: { entry: SubmittedEntry; replaced?: string | undefined; isAgain: boolean },
  ): Promise<Answered> {
    const { profile = 'xds-i', codes, language = 'en' } = this.#options;
    const { manifest, study } = parts;
    const { bytes, hash } = manifestDocument(parts, profile);
    const source = sourceOf(parts);
    const contentId = `manifest.${document}@fascia`;
    const objects = submitObjects({
      ...{ manifest, study, patientId, language, entryUuid: entry, sizeBytes: bytes.length, at: new Date() },
      ...(source && { sourcePatientId: source }),
      ...(replaced && { replaces: replaced }),
      hash: Buffer.from(hash, 'base64').toString('hex'),
      // The same for the same entry, so that a submission whose answer was lost is known when it comes again.
      uniqueId: `2.25.${BigInt(`0x${entry.slice('urn:uuid:'.length).replaceAll('-', '')}`)}`,
      sourceId: manifest.series[0]!.from.locationUid!,
      codes: { ...usualCodes, ...codes },
    });
    const body =
      `<x:ProvideAndRegisterDocumentSetRequest xmlns:x="${ns.xds}">${objects}` +
      `<x:Document id="${entry}"><xop:Include xmlns:xop="${ns.xop}" href="cid:${contentId}"/></x:Document>` +
      '</x:ProvideAndRegisterDocumentSetRequest>';
    const part = {
      contentType: 'application/dicom',
      id: contentId,
      sizeBytes: bytes.length,
      open: () => ({ chunks: [bytes] }),
    };
    const message = { action: actions.provide, body, documents: [part] };
    return outcomeOf(await soapCall(this.#options, message, this.#ending.signal), { isAgain, isReplacing: !!replaced });
  }
}

/** Errors of ITI TF-3 Table 4.2.4.1-2 after which the same may be taken later. */
const passing = /^XDS(Registry|Repository)(Busy|OutOfResources)$|^XDSRegistryNotAvailable$/;
/** There is no such document, or it stands for nothing any more. */
const noTarget = /^(XDSReplaceFailed|XDSRegistryDeprecatedDocumentError|UnresolvedReferenceException)$/;

async function outcomeOf(
  { status, tokens }: SoapAnswer,
  { isAgain, isReplacing }: { isAgain: boolean; isReplacing: boolean },
): Promise<Answered> {
  let source: string | undefined;
  for await (const token of tokens ?? []) if (token.kind === 'envelope') source = token.source;
  if (source === undefined || [401, 403, 407].includes(status)) {
    const outcome = httpOutcome(status);
    return 'taken' in outcome ? { later: 'delivery/not-now', status } : outcome;
  }
  const told = messageIn(source);
  if (told === undefined) return { later: 'delivery/not-now', status };
  const fault = faultIn(told);
  if (fault !== undefined) {
    return fault === 'receiver' ? { later: 'delivery/not-now', status } : { refused: 'delivery/refused', status };
  }
  const response = readRegistryResponse(told);
  if (response === undefined) return { later: 'delivery/not-now', status };
  const { codes } = response;
  if (response.status === 'success')
    return { taken: true, proof: 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success' };
  if (isAgain && codes.includes('XDSDuplicateUniqueIdInRegistry')) return { taken: true };
  if (isReplacing && codes.some((code) => noTarget.test(code))) return 'unknown';
  if (codes.some((code) => passing.test(code))) return { later: 'delivery/not-now' };
  return { refused: 'delivery/refused', reason: codes.join(' ') };
}

function messageIn(source: string) {
  try {
    return readAnswer(source);
  } catch (thrown) {
    if (asProblem(thrown).code === 'internal/unexpected') throw thrown;
    return undefined;
  }
}

/** That which the affinity domain has for the patient: where it has several, that of the study, and no other is guessed. */
function numberIn(parts: ManifestParts, domain: string): NumberOfIssuer | undefined {
  const own = sourceOf(parts);
  if (own !== undefined && oidOf(own) === domain) return own;
  const identifiers = parts.patient.identifier ?? [];
  const numbers = new Set(
    identifiers.flatMap(({ system, value }) => (value && system === `urn:oid:${domain}` ? [value] : [])),
  );
  const [number] = numbers;
  return numbers.size === 1 ? { number: number!, universalId: domain, universalIdType: 'ISO' } : undefined;
}

/** Under which the images are kept here. */
function sourceOf({ manifest: { patientAndStudy }, study }: ManifestParts): NumberOfIssuer | undefined {
  const number = patientAndStudy.text('PatientID');
  const [issuer] = patientAndStudy.items('IssuerOfPatientIDQualifiersSequence');
  const [universalId, universalIdType] = [issuer?.text('UniversalEntityID'), issuer?.text('UniversalEntityIDType')];
  if (number === undefined) return undefined;
  if (universalId !== undefined && universalIdType !== undefined) return { number, universalId, universalIdType };
  const system = study.subject?.identifier?.system;
  return system === undefined ? undefined : { number, ...issuedBy(system) };
}
