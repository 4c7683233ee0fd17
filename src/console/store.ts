// Storing a file by STOW-RS (PS3.18 10.5), one in a request: each has its own answer and its own reason.

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

/** Waits and tries again while the node has too much to do. */
export async function store(file: File, reconciliation: Reconciliation | undefined): Promise<Stored> {
  const url = `/dicomweb/studies${queryOf(reconciliation)}`;
  for (let attempt = 1; ; attempt++) {
    const boundary = crypto.randomUUID();
    const body = new Blob([
      `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`,
      file,
      `\r\n--${boundary}--\r\n`,
    ]);
    const type = `multipart/related; type="application/dicom"; boundary=${boundary}`;
    const headers = { 'Content-Type': type, Accept: 'application/dicom+json' };
    let response: Response;
    try {
      response = await fetch(url, { method: 'POST', headers, body });
    } catch {
      return { reason: 'the file or the node cannot be reached' };
    }
    if (response.status !== 503 || attempt === limits.attempts) return storedOf(response);
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
