// STOW-RS: the Store Transaction (PS3.18 10.5) of instances as Part 10 files, or as metadata with bulk data beside it, in
// multipart/related or alone. The body goes to whoever keeps it as it comes.

import { type MediaType, parseMediaType } from '../../base/http/media-type.ts';
import { problemHeaders } from '../../base/http/problem-headers.ts';
import { onlyValueOf } from '../../base/http/query-string.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import type { Finding } from '../../dicom/finding.ts';
import { isUsableUid } from '../../dicom/uid.ts';
import type { Answer, Exchange } from '../exchange.ts';
import type { PartSink, Reconciliation } from '../handlers.ts';
import { limits } from '../limits.ts';
import { MultipartParser, type MultipartToken } from '../multipart/parser.ts';
import { problemAnswer } from '../problem-answer.ts';
import { dataSetAnswer, negotiateDataSet } from '../representation.ts';
import { scopeOf } from '../resource.ts';
import { MetadataIntake } from './metadata-intake.ts';
import { type Intake, PartIntake } from './part-intake.ts';
import { isMetadataType, type MetadataType } from './stow-metadata.ts';
import { type PartOutcome, storeResponse, storeStatus } from './stow-response.ts';

export async function store(exchange: Exchange): Promise<Answer> {
  const { handlers, request, path } = exchange;
  const offer = negotiateDataSet(exchange);
  const framing = framingOf(exchange);
  const study = 'study' in path ? scopeOf(path).studyInstanceUid : undefined;
  const leave = exchange.stores.enter();
  try {
    const { open } = await handlers.store(request, {
      expectedStudyInstanceUid: study,
      announcedBytes: framing.announcedBytes,
      reconciliation: reconciliationOf(exchange),
    });
    const intake = intakeOf(exchange, framing, open);
    try {
      await receive(exchange.body, framing, intake);
    } catch (error) {
      await intake.settle(asProblem(error).message);
      return refusal(error, intake.outcomes, exchange);
    }
    await intake.settle();
    const { outcomes } = intake;
    for (const outcome of outcomes) if ('failed' in outcome) exchange.report(outcome.failed);
    if (outcomes.length === 0) throw new Problem('request/malformed', { reason: 'the body has no instance' });
    const status = storeStatus(outcomes);
    const answer = dataSetAnswer(offer, storeResponse(outcomes, request.baseUrl));
    const headers = { ...answer.headers, ...problemHeaders(status), ...warningOf(outcomes, request.baseUrl) };
    return { status, headers, body: answer.body };
  } finally {
    leave();
  }
}

/** Ours: `patientof={study}` and `accession={number}`. Throws request/malformed. */
function reconciliationOf({ query }: Exchange): Reconciliation | undefined {
  const patientOf = onlyValueOf(query, 'patientof');
  const accessionNumber = onlyValueOf(query, 'accession');
  if (patientOf === undefined && accessionNumber !== undefined) {
    throw new Problem('request/malformed', { reason: 'accession goes with patientof' });
  }
  if (patientOf === undefined) return undefined;
  // PS3.5 6.2 SH.
  if (!isUsableUid(patientOf) || !/^[^\\\p{Cc}]{0,16}$/u.test(accessionNumber ?? '')) {
    throw new Problem('request/malformed', { reason: 'patientof is a UID, accession at most 16 characters' });
  }
  return { patientOf, accessionNumber };
}

/** What the body is made of: parts between boundaries, or one part that is all of it. */
interface Framing {
  boundary?: string;
  type: 'application/dicom' | MetadataType;
  /** Of all of it, where the client says so beforehand, else 0. */
  announcedBytes: number;
}

/** Throws Problem for what cannot be received, before any of the body is read. */
function framingOf({ headers }: Exchange): Framing {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new Problem('request/unsupported-media-type', { mediaType: `with Content-Encoding ${encoding}` });
  }
  const announcedBytes = Number(headers['content-length'] ?? 0);
  if (announcedBytes > limits.storeBytes) {
    throw new Problem('request/too-large', { what: 'storeBytes', limit: limits.storeBytes });
  }
  const mediaType = parseMediaType(headers['content-type']);
  if (mediaType === undefined) throw new Problem('request/unsupported-media-type', { mediaType: '(none)' });
  const isMultipart = mediaType.type === 'multipart/related';
  const partType = mediaType.parameters.get('type')?.toLowerCase() ?? 'application/dicom';
  const type = isMultipart ? partType : mediaType.type;
  if (type !== 'application/dicom' && !isMetadataType(type)) {
    throw new Problem('request/unsupported-media-type', { mediaType: type });
  }
  return { type, announcedBytes, boundary: isMultipart ? boundaryOf(mediaType) : undefined };
}

function boundaryOf(mediaType: MediaType): string {
  const boundary = mediaType.parameters.get('boundary') ?? '';
  if (boundary === '' || boundary.length > limits.boundaryLength) {
    throw new Problem('request/malformed', { reason: 'the Content-Type has no usable boundary' });
  }
  return boundary;
}

function intakeOf(
  { handlers, request }: Exchange,
  { type }: Framing,
  open: (findings?: readonly Finding[]) => PartSink,
): Intake {
  const { requestId, baseUrl } = request;
  if (type === 'application/dicom') return new PartIntake(open, requestId);
  const openScratch = () => handlers.openScratch();
  return new MetadataIntake({ open, openScratch, requestId, baseUrl, metadataType: type });
}

async function receive(body: AsyncIterable<Uint8Array>, { boundary }: Framing, intake: Intake): Promise<void> {
  if (boundary === undefined) {
    intake.begin(new Map());
    for await (const chunk of body) await intake.write(chunk);
    await intake.end();
    return;
  }
  const parser = new MultipartParser(boundary);
  for await (const chunk of body) {
    for (const token of parser.push(chunk)) {
      const wait = take(intake, token);
      if (wait !== undefined) await wait;
    }
  }
  parser.end();
}

function take(intake: Intake, token: MultipartToken): void | Promise<void> {
  if (token.kind === 'part') intake.begin(token.headers);
  else if (token.kind === 'data') return intake.write(token.bytes);
  else return intake.end();
}

/** A body that is no multipart body to its end: 400, and what was kept of it before is said. */
function refusal(error: unknown, outcomes: readonly PartOutcome[], { request }: Exchange): Answer {
  if (!(error instanceof Problem) || outcomes.length === 0) throw error;
  return problemAnswer(error, request.requestId, { storeResponse: storeResponse(outcomes, request.baseUrl) });
}

/** The reasons in words: PS3.18 10.5.3 has only numbers for them in the body. */
function warningOf(outcomes: readonly PartOutcome[], baseUrl: string): Record<string, string> {
  const reasons = outcomes.flatMap((outcome, place) => {
    const reason = reasonOf(outcome);
    return reason === undefined ? [] : [`299 ${baseUrl}: part ${place + 1}: ${inHeader(reason)}`];
  });
  return reasons.length === 0 ? {} : { Warning: reasons.slice(0, limits.storeWarnings).join(', ') };
}

function reasonOf(outcome: PartOutcome): string | undefined {
  if ('failed' in outcome) return outcome.failed.message;
  if (outcome.stored.warningReason === undefined) return undefined;
  return 'kept beside another object of this UID; the configuration says which of them is served';
}

/** RFC 9110 5.5: visible ASCII and spaces. */
const inHeader = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').replaceAll(',', ';');
