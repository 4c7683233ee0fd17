// What answers are kept by, and what a client says that it has already (RFC 9110 13.1.2, RFC 9111).

/** Patient data: kept by nobody but the client, and by it only as long as we say so. */
export const CACHE_CONTROL = 'private, no-cache';

/** RFC 9110 13.1.2: If-None-Match compares weakly. */
export function isNamed(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const named = ifNoneMatch.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return named.includes(etag) || named.includes('*');
}
