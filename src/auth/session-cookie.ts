// The cookies that hold a session, a study that was given away by a link, and a launch that has begun. RFC 6265.

const SESSION = 'fascia_session';
const SHARE = 'fascia_share';
const LAUNCH = 'fascia_launch';

interface Held {
  secret: string;
  expiresAt: Date;
}

/** The header Set-Cookie. Strict: no other site's page can act in this session. */
export const sessionCookie = (session: Held, options: { secure: boolean }): string =>
  setCookie(SESSION, session, 'Strict', options);

/**
 * A session for one patient, instead of any other in this browser: while it lasts nobody else's studies are opened there.
 * Lax: the EHR's page leads here. It can only look.
 */
export const patientSessionCookie = (session: Held, options: { secure: boolean }): string =>
  setCookie(SESSION, session, 'Lax', options);

/** Until the EHR has led back; of no use without the state that is in its address then. Lax, as the EHR leads here. */
export const launchCookie = (verifier: Held, options: { secure: boolean }): string =>
  setCookie(LAUNCH, verifier, 'Lax', options);

/** Lax: the link stands in a mail or another system's page, and leads here. It can only look. */
export const shareCookie = (share: Held, options: { secure: boolean }): string =>
  setCookie(SHARE, share, 'Lax', options);

/** The secret of the session in the header Cookie. */
export const sessionSecret = (cookie: string | undefined): string | undefined => secretIn(cookie, SESSION);

export const shareSecret = (cookie: string | undefined): string | undefined => secretIn(cookie, SHARE);

export const launchVerifier = (cookie: string | undefined): string | undefined => secretIn(cookie, LAUNCH);

function setCookie(
  name: string,
  { secret, expiresAt }: Held,
  sameSite: string,
  { secure }: { secure: boolean },
): string {
  const attributes = ['Path=/', 'HttpOnly', `SameSite=${sameSite}`, `Expires=${expiresAt.toUTCString()}`];
  return [`${name}=${secret}`, ...attributes, ...(secure ? ['Secure'] : [])].join('; ');
}

function secretIn(cookie: string | undefined, wanted: string): string | undefined {
  for (const pair of cookie?.split(';') ?? []) {
    const [name, value] = pair.split('=');
    if (name?.trim() === wanted) return value?.trim();
  }
  return undefined;
}
