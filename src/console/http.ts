// Requests to this node in the session of the person. A failure is an Error with the sentence of its problem body
// (RFC 9457); a session that has ended is told as such.

const headers = { Accept: 'application/dicom+json, application/json' };

/** Undefined where the answer has no content. */
export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  return answered(await fetch(url, { headers, signal }));
}

/** Takes away what is at this address. */
export async function remove(url: string): Promise<void> {
  await answered(await fetch(url, { method: 'DELETE', headers }));
}

export async function sendJson<T>(method: 'POST' | 'PUT', url: string, body: object): Promise<T> {
  const type = { 'Content-Type': 'application/json' };
  return answered(await fetch(url, { method, headers: { ...headers, ...type }, body: JSON.stringify(body) }));
}

async function answered<T>(response: Response): Promise<T> {
  if (response.status === 401) throw new Error('Your session has ended. Open the sign-in link again.');
  if (response.status === 204) return undefined as T;
  const body = (await response.json().catch(() => undefined)) as { detail?: string } | undefined;
  if (!response.ok) throw new Error(body?.detail ?? `the server answered ${response.status}`);
  return body as T;
}
