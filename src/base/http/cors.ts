// Cross-origin requests (WHATWG Fetch 3.2): viewers and FHIR clients that are served from elsewhere, if their origin is on the list. The
// list is empty unless configured.

/** Origins such as `https://viewer.example.org`; `*` allows any. */
export type AllowedOrigins = readonly string[];

/** What viewers and FHIR clients send. */
const ALLOWED_HEADERS =
  'Authorization, Accept, Content-Type, Range, If-Match, If-None-Match, If-Modified-Since, If-None-Exist, Prefer, X-Reason';
/** What they must be able to read in an answer. */
const EXPOSED_HEADERS =
  'Content-Type, Content-Range, Content-Length, ETag, Last-Modified, Warning, Location, Content-Location, Retry-After, WWW-Authenticate, X-Request-Id';
const PREFLIGHT_MAX_AGE_SECONDS = '3600';

/** The headers that let a script of `origin` read any answer of ours. */
export function corsHeaders(allowed: AllowedOrigins, origin: string | undefined): Record<string, string> {
  if (!isAllowed(allowed, origin)) return {};
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': EXPOSED_HEADERS };
}

/** The headers that answer a preflight request for a resource that has `methods`. */
export function preflightHeaders(
  allowed: AllowedOrigins,
  origin: string | undefined,
  methods: string,
): Record<string, string> {
  if (!isAllowed(allowed, origin)) return {};
  return {
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': ALLOWED_HEADERS,
    'Access-Control-Max-Age': PREFLIGHT_MAX_AGE_SECONDS,
  };
}

function isAllowed(allowed: AllowedOrigins, origin: string | undefined): origin is string {
  return origin !== undefined && (allowed.includes('*') || allowed.includes(origin));
}
