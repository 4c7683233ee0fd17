// The cookie that holds a console session. RFC 6265.

const NAME = 'fascia_session';

/** The header Set-Cookie. Strict: no other site's page can act in this session. */
export function sessionCookie(session: { secret: string; expiresAt: Date }, { secure }: { secure: boolean }): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Strict', `Expires=${session.expiresAt.toUTCString()}`];
  return [`${NAME}=${session.secret}`, ...attributes, ...(secure ? ['Secure'] : [])].join('; ');
}

/** The secret in the header Cookie. */
export function sessionSecret(cookie: string | undefined): string | undefined {
  for (const pair of cookie?.split(';') ?? []) {
    const [name, value] = pair.split('=');
    if (name?.trim() === NAME) return value?.trim();
  }
  return undefined;
}
