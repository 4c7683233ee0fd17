// What RFC 9110 and RFC 6750 ask an answer to a failure to say besides its status.

/** What a client is told to wait after 429 and 503. */
const RETRY_AFTER_SECONDS = '5';

export function problemHeaders(status: number): Record<string, string> {
  if (status === 401) return { 'WWW-Authenticate': 'Bearer realm="fascia"' };
  if (status === 429 || status === 503) return { 'Retry-After': RETRY_AFTER_SECONDS };
  return {};
}
