// Whose HTTP request this is: a Bearer token (RFC 6750), ours or that of an authorization server, the session cookie of the console, or that of a study that was
// given away. What the catalogue said of
// a secret is believed for a few seconds, and forgotten at once when a token is announced as changed.

import type { Clock } from '../base/clock.ts';
import { Problem } from '../base/problem.ts';
import type { TokenIssuer } from '../base/token-issuers.ts';
import type { Database } from '../storage/database.ts';
import { AccessTokens } from './access-tokens.ts';
import { failureLimit } from './failure-limit.ts';
import { limits } from './limits.ts';
import { localPrincipal, type Principal } from './principal.ts';
import { isSecret, secretHash } from './secret.ts';
import { sessionSecret, shareSecret } from './session-cookie.ts';
import { lookUpSecret, TOKEN_CHANNEL } from './tokens.ts';

export interface Credentials {
  /** The header Authorization. */
  authorization?: string;
  /** The header Cookie. */
  cookie?: string;
  remoteAddress: string;
}

export interface Authenticator {
  /**
   * Rejects with auth/unauthenticated, which does not tell an unknown credential from an expired or a revoked one, with
   * auth/too-many-failures, or with auth/issuer-away.
   */
  authenticate(credentials: Credentials): Promise<Principal>;
  close(): void;
}

/**
 * With `mode` off everybody is the local account: `checkAuthMode` keeps that to loopback. A browser that an EHR launched for
 * one patient is held to that patient even then.
 */
export async function openAuthenticator(
  database: Database,
  { mode, clock, tokenIssuers = [] }: { mode: 'on' | 'off'; clock: Clock; tokenIssuers?: readonly TokenIssuer[] },
): Promise<Authenticator> {
  const known = await openKnown(database, clock, new AccessTokens(database, tokenIssuers));
  if (mode === 'on') return known;
  return {
    async authenticate({ authorization, cookie, remoteAddress }) {
      if (authorization !== undefined || sessionSecret(cookie) === undefined) return localPrincipal;
      const principal = await known.authenticate({ cookie, remoteAddress }).catch(strangerIsLocal);
      return principal.patient === undefined ? localPrincipal : principal;
    },
    close: known.close,
  };
}

function strangerIsLocal(thrown: unknown): Principal {
  if (thrown instanceof Problem && thrown.code.startsWith('auth/')) return localPrincipal;
  throw thrown;
}

async function openKnown(database: Database, clock: Clock, accessTokens: AccessTokens): Promise<Authenticator> {
  const believed = new Map<string, { principal: Principal; until: number }>();
  const failures = failureLimit(clock);
  const close = await database.notices.on(TOKEN_CHANNEL, () => believed.clear());

  async function principalOf(secret: string): Promise<Principal | undefined> {
    const sha256 = secretHash(secret);
    const found = isSecret(secret) ? await lookUpSecret(database, sha256, clock) : await accessTokens.verify(secret);
    if (found === undefined) return undefined;
    const until = Math.min(found.expiresAt, clock.now() + limits.credentialCacheMs);
    if (believed.size >= limits.credentialCacheEntries) believed.delete(believed.keys().next().value!);
    believed.set(sha256.toString('base64'), { principal: found.principal, until });
    return found.principal;
  }

  return {
    async authenticate({ authorization, cookie, remoteAddress }) {
      const secret = bearerToken(authorization) ?? sessionSecret(cookie) ?? shareSecret(cookie);
      if (secret === undefined) throw new Problem('auth/unauthenticated', { reason: 'none was given' });
      const known = believed.get(secretHash(secret).toString('base64'));
      if (known !== undefined && clock.now() < known.until) return known.principal;
      if (failures.exceeded(remoteAddress)) throw new Problem('auth/too-many-failures');
      const principal = await principalOf(secret);
      if (principal !== undefined) return principal;
      failures.count(remoteAddress);
      throw new Problem('auth/unauthenticated', { reason: 'it is unknown or no longer good' });
    },
    close,
  };
}

/** RFC 6750 2.1; the scheme in any case (RFC 9110 11.1). Another scheme is a credential of no use, not the lack of one. */
function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  return /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization)?.[1] ?? '';
}
