// Storing a file by STOW-RS (PS3.18 10.5), one in a request: each has its own answer and its own reason. What is no DICOM is
// uploaded, and becomes instances on the node.

import { itemOf, type JsonObject, textOf } from '../viewer/dicom-json.ts';

const limits = {
  attempts: 5,
  longestPauseMs: 15_000,
};

/** PS3.18 Table I.2-2 and PS3.4 Table B.2-1, those that our door gives. */
const reasons: Record<string, string> = {
  '272': 'it could not be processed',
  '42752': 'the archive has no room',
  '43264': 'it is not what it says it is',
  '49152': 'it is not DICOM that can be understood',
};

/** Under which identity files are kept: see `patientof` in docs/conformance/dicomweb.md. */
export interface Reconciliation {
  /** Study Instance UID of a study of the patient. */
  patientOf: string;
  /** Empty for none. */
  accession: string;
}

export type Stored = { studyUid: string } | { reason: string };

export async function store(file: File, reconciliation: Reconciliation | undefined): Promise<Stored> {
  const boundary = crypto.randomUUID();
  const body = new Blob([`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`, file, `\r\n--${boundary}--\r\n`]);
  const type = `multipart/related; type="application/dicom"; boundary=${boundary}`;
  const headers = { 'Content-Type': type, Accept: 'application/dicom+json' };
  const response = await posted(`/dicomweb/studies${queryOf(reconciliation)}`, headers, body);
  return response === undefined ? unreachable : storedOf(response);
}

/** A picture, video, slide or document, which is somebody's only by what is chosen for it. */
export async function upload(file: File, reconciliation: Reconciliation | undefined): Promise<Stored> {
  if (reconciliation === undefined) return { reason: 'it does not say whose it is: choose the patient' };
  const { patientOf, accession } = reconciliation;
  const query = new URLSearchParams({
    fileName: file.name,
    patientOf,
    ...(accession && { accessionNumber: accession }),
  });
  const headers = { 'Content-Type': 'application/octet-stream', Accept: 'application/json' };
  const response = await posted(`/api/v1/files?${query}`, headers, file);
  if (response === undefined) return unreachable;
  const answer = (await response.json().catch(() => ({}))) as {
    instances?: { studyInstanceUid: string }[];
    detail?: string;
  };
  const studyUid = answer.instances?.[0]?.studyInstanceUid;
  return studyUid === undefined ? { reason: answer.detail ?? `the node answered ${response.status}` } : { studyUid };
}

const unreachable: Stored = { reason: 'the file or the node cannot be reached' };

/** Waits and tries again while the node has too much to do. Undefined where it cannot be reached. */
async function posted(url: string, headers: Record<string, string>, body: Blob): Promise<Response | undefined> {
  for (let attempt = 1; ; attempt++) {
    let response: Response;
    try {
      response = await fetch(url, { method: 'POST', headers, body });
    } catch {
      return undefined;
    }
    if (response.status !== 503 || attempt === limits.attempts) return response;
    const pauseMs = Number(response.headers.get('retry-after') ?? 1) * 1_000;
    await new Promise((resolve) => setTimeout(resolve, Math.min(pauseMs, limits.longestPauseMs)));
  }
}

function queryOf(reconciliation: Reconciliation | undefined): string {
  if (reconciliation === undefined) return '';
  const { patientOf, accession } = reconciliation;
  return `?${new URLSearchParams({ patientof: patientOf, ...(accession && { accession }) })}`;
}

async function storedOf(response: Response): Promise<Stored> {
  const answer = (await response.json().catch(() => ({}))) as JsonObject & { detail?: string };
  const stored = itemOf(answer, '00081199');
  // .../studies/{study}/series/…
  const studyUid = /\/studies\/([0-9.]+)/.exec(textOf(stored, '00081190'))?.[1];
  if (studyUid !== undefined) return { studyUid };
  const reason = textOf(itemOf(answer, '00081198'), '00081197');
  return { reason: reasons[reason] ?? answer.detail ?? `the node answered ${response.status}` };
}
