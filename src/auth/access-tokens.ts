// Access tokens of other authorization servers (IHE IUA, ITI-72): JWTs by the keys of who issued them (RFC 7519, RFC 9068),
// others by asking (RFC 7662, ITI-102). Only of issuers that are configured, and only those that are for us.

import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { Problem } from '../base/problem.ts';
import type { TokenIssuer } from '../base/token-issuers.ts';
import type { Database } from '../storage/database.ts';
import { DEFAULT_TENANT, isScope, type Principal, type Scope } from './principal.ts';
import { tenantNamed } from './tenants.ts';

export const limits = {
  /** Until an authorization server answers. */
  answerMs: 5_000,
  tokenCharacters: 16_384,
  answerBytes: 64 * 1024,
  /** By how much its clock may be another, in seconds. */
  clockToleranceSeconds: 30,
} as const;

/** Signatures by keys that are published; a shared secret is nobody's signature. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Read in when the first such token comes: most nodes know no issuer, and a start is short. */
const jose = () => import('jose');

export interface AccessToken {
  principal: Principal;
  /** In ms since 1970. */
  expiresAt: number;
}

export class AccessTokens {
  readonly #database: Database;
  readonly #issuers: readonly TokenIssuer[];
  readonly #keys = new Map<string, JWTVerifyGetKey>();

  constructor(database: Database, issuers: readonly TokenIssuer[]) {
    this.#database = database;
    this.#issuers = issuers;
  }

  /** undefined for a token that opens nothing. Rejects with auth/issuer-away. */
  async verify(token: string): Promise<AccessToken | undefined> {
    if (this.#issuers.length === 0 || token.length > limits.tokenCharacters) return undefined;
    const claimed = await claimsOf(token);
    if (claimed === undefined) return this.#introspected(token);
    const issuer = this.#issuers.find((each) => each.issuer === claimed.iss);
    if (issuer === undefined) return undefined;
    const claims = await this.#verified(token, issuer);
    return claims && this.#tokenOf(issuer, claims);
  }

  async #verified(token: string, issuer: TokenIssuer): Promise<JWTPayload | undefined> {
    const { errors, jwtVerify } = await jose();
    try {
      const { payload } = await jwtVerify(token, await this.#keysOf(issuer), {
        issuer: issuer.issuer,
        audience: issuer.audience,
        algorithms,
        requiredClaims: ['exp'],
        clockTolerance: limits.clockToleranceSeconds,
      });
      return payload;
    } catch (error) {
      if (error instanceof Problem) throw error;
      const isAway =
        error instanceof errors.JWKSTimeout ||
        !(error instanceof errors.JOSEError) ||
        error.code === 'ERR_JOSE_GENERIC';
      if (isAway) throw new Problem('auth/issuer-away', {}, error);
      return undefined;
    }
  }

  async #keysOf(issuer: TokenIssuer): Promise<JWTVerifyGetKey> {
    const known = this.#keys.get(issuer.issuer);
    if (known !== undefined) return known;
    const jwksUri = issuer.jwksUri ?? (await this.#said(issuer)).jwks_uri;
    if (typeof jwksUri !== 'string' || !URL.canParse(jwksUri)) throw new Problem('auth/issuer-away');
    const { createRemoteJWKSet } = await jose();
    const keys = createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: limits.answerMs });
    this.#keys.set(issuer.issuer, keys);
    return keys;
  }

  /** RFC 8414 3, OpenID Connect Discovery 4 (ITI-103). */
  async #said({ issuer }: TokenIssuer): Promise<Record<string, unknown>> {
    const { origin, pathname } = new URL(issuer);
    const path = pathname.replace(/\/+$/, '');
    const places = [
      `${origin}/.well-known/oauth-authorization-server${path}`,
      `${origin}${path}/.well-known/openid-configuration`,
    ];
    for (const place of places) {
      const said = await asked(place, { method: 'GET' });
      // RFC 8414 3.3: who says to be another is not believed.
      if (said?.issuer === issuer) return said;
    }
    throw new Problem('auth/issuer-away');
  }

  /** Asked of each that can be asked. */
  async #introspected(token: string): Promise<AccessToken | undefined> {
    for (const issuer of this.#issuers) {
      if (issuer.introspection === undefined) continue;
      const { endpoint, clientId, clientSecret } = issuer.introspection;
      const credentials = [clientId, clientSecret].map(encodeURIComponent).join(':');
      const claims = (await asked(endpoint, {
        method: 'POST',
        headers: { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
        body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
      })) as (JWTPayload & { active?: boolean }) | undefined;
      const isForUs = claims?.aud === undefined || [claims.aud].flat().includes(issuer.audience);
      const isOfIssuer = claims?.iss === undefined || claims.iss === issuer.issuer;
      if (claims?.active === true && isForUs && isOfIssuer) return this.#tokenOf(issuer, claims);
    }
    return undefined;
  }

  async #tokenOf(issuer: TokenIssuer, claims: JWTPayload): Promise<AccessToken> {
    const who = claims.sub ?? claims.client_id;
    const tenant = issuer.tenant === undefined ? DEFAULT_TENANT : await tenantNamed(this.#database, issuer.tenant);
    const scopes = scopesOf(issuer, claims);
    const reader = claims[issuer.reader ?? 'sub'];
    return {
      principal: {
        id: `oauth:${String(who ?? 'nobody').slice(0, 200)}@${new URL(issuer.issuer).host}`,
        kind: 'token',
        tenant,
        scopes,
        ...(scopes.includes('report') && typeof reader === 'string' && { reader }),
      },
      expiresAt: (claims.exp ?? 0) * 1000 || Number.POSITIVE_INFINITY,
    };
  }
}

/** undefined for what is no JWT. */
async function claimsOf(token: string): Promise<JWTPayload | undefined> {
  const { decodeJwt } = await jose();
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/** undefined for an answer that is none. Rejects with auth/issuer-away. */
async function asked(url: string, init: RequestInit): Promise<Record<string, unknown> | undefined> {
  const signal = AbortSignal.timeout(limits.answerMs);
  const headers = { Accept: 'application/json', ...(init.headers as Record<string, string>) };
  try {
    const answer = await fetch(url, { ...init, headers, signal, redirect: 'error' });
    const text = await answer.text();
    if (answer.status >= 500) throw new Problem('auth/issuer-away');
    return answer.ok && text.length <= limits.answerBytes ? (JSON.parse(text) as Record<string, unknown>) : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause instanceof Problem ? cause : new Problem('auth/issuer-away', {}, cause);
  }
}

/**
 * What the token lets do: by the table of its issuer, and by the scopes of SMART 1 and 2 that are for every type. One that is
 * for some types alone would let do more here than it says, and gives nothing.
 */
export function scopesOf({ scopes }: Pick<TokenIssuer, 'scopes'>, claims: JWTPayload): Scope[] {
  const said = claims.scope ?? claims.scp;
  const theirs = Array.isArray(said) ? said.map(String) : String(said ?? '').split(' ');
  return [...new Set(theirs.flatMap((scope) => [...(scopes.get(scope) ?? []), ...ofSmart(scope)]))].filter(isScope);
}

function ofSmart(scope: string): Scope[] {
  const [, access] = /^(?:system|user)\/\*\.(read|write|\*|(?=.)c?r?u?d?s?)$/.exec(scope) ?? [];
  if (access === undefined) return [];
  if (access === '*') return ['read', 'write'];
  if (access === 'read' || access === 'write') return [access];
  // Who may read but not search, or the other way round, may not what `read` lets do.
  const reads = access.includes('r') && access.includes('s');
  const writes = access.includes('c') && access.includes('u');
  return [...(reads ? (['read'] as const) : []), ...(writes ? (['write'] as const) : [])];
}
