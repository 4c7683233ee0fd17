// The Store Instances Response Module (PS3.18 10.5.3 and Annex I): what became of each part, and the status that sums it up.

import type { Problem } from '../../base/problem.ts';
import type { DicomJson } from '../../dicom/json.ts';
import type { FailedPartDetails, StoredPart } from '../handlers.ts';
import { retrieveUrl } from '../resource.ts';

export type PartOutcome = { stored: StoredPart } | { failed: Problem };

/** The module as DICOM JSON; each part in the order of the request. */
export function storeResponse(outcomes: readonly PartOutcome[], baseUrl: string): DicomJson {
  const stored = outcomes.flatMap((outcome) => ('stored' in outcome ? [outcome.stored] : []));
  const failed = outcomes.flatMap((outcome) => ('failed' in outcome ? [outcome.failed] : []));
  const studies = [...new Set(stored.map((part) => part.studyInstanceUid))];
  const response: DicomJson = {
    // Type 2: one study has a URL, several have none in common.
    '00081190': studies.length === 1 ? url(retrieveUrl(baseUrl, { studyInstanceUid: studies[0]! })) : { vr: 'UR' },
  };
  if (failed.length > 0) response['00081198'] = { vr: 'SQ', Value: failed.map(failedItem) };
  if (stored.length > 0) response['00081199'] = { vr: 'SQ', Value: stored.map((part) => storedItem(part, baseUrl)) };
  return response;
}

/**
 * PS3.18 Table 10.5.3-1: 200 for all, 202 for some or with warnings, 409 for none. Where all failed for one reason that
 * HTTP has a word for (too large, forbidden, no room), that word is said.
 */
export function storeStatus(outcomes: readonly PartOutcome[]): number {
  const failures = outcomes.flatMap((outcome) => ('failed' in outcome ? [outcome.failed.answers.http] : []));
  if (failures.length < outcomes.length) {
    const warned = outcomes.some((outcome) => 'stored' in outcome && outcome.stored.warningReason !== undefined);
    return failures.length > 0 || warned ? 202 : 200;
  }
  const [only, ...others] = new Set(failures);
  return others.length === 0 && [403, 413, 415, 500, 503].includes(only!) ? only! : 409;
}

function storedItem(part: StoredPart, baseUrl: string): DicomJson {
  const item: DicomJson = {
    '00081150': uid(part.sopClassUid),
    '00081155': uid(part.sopInstanceUid),
    '00081190': url(retrieveUrl(baseUrl, part)),
  };
  if (part.warningReason !== undefined) item['00081196'] = { vr: 'US', Value: [part.warningReason] };
  return item;
}

/** A part that could not even be read has no UIDs to state; it has an item all the same, because clients count them. */
function failedItem(problem: Problem): DicomJson {
  const { sopClassUid, sopInstanceUid } = problem.details as FailedPartDetails;
  const item: DicomJson = {};
  if (sopClassUid !== undefined) item['00081150'] = uid(sopClassUid);
  if (sopInstanceUid !== undefined) item['00081155'] = uid(sopInstanceUid);
  item['00081197'] = { vr: 'US', Value: [problem.answers.dimse] };
  return item;
}

const uid = (value: string): DicomJson[string] => ({ vr: 'UI', Value: [value] });
const url = (value: string): DicomJson[string] => ({ vr: 'UR', Value: [value] });
