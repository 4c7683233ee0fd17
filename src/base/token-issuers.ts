// The authorization servers whose access tokens open our doors (IHE IUA), as the setting `tokenIssuers` has them: a list in
// fascia.yaml, JSON in the environment.

import { isSafeUrl } from './ehr.ts';

export interface TokenIssuer {
  /** `iss` of its tokens, and where it says what it is (RFC 8414). */
  issuer: string;
  /** `aud` of tokens that are for us. */
  audience: string;
  /** Its keys, where it does not say so itself. */
  jwksUri?: string;
  /** Whose archive its tokens open; the default one when absent. */
  tenant?: string;
  /** What a scope of its tokens lets do here: scopes of ours, by theirs. Those of SMART are known besides. */
  scopes: ReadonlyMap<string, readonly string[]>;
  /** The claim that says which reader a token is of, where its scopes let report; `sub` when absent. */
  reader?: string;
  /** Of tokens that cannot be read it is asked (RFC 7662, ITI-102). */
  introspection?: { endpoint: string; clientId: string; clientSecret: string };
}

const known = ['issuer', 'audience', 'jwksUri', 'tenant', 'scopes', 'reader', 'introspection'];

type Given = Record<string, unknown>;

/** Calls `fault` with a sentence for each thing that cannot be used. */
export function readTokenIssuers(text: string, fault: (sentence: string) => void): TokenIssuer[] {
  const list = parsed(text);
  if (!Array.isArray(list)) {
    fault('must be a list, each entry with issuer and audience');
    return [];
  }
  const issuers = list.map((entry, at) =>
    readIssuer(isRecord(entry) ? entry : {}, (said) => fault(`entry ${at + 1}: ${said}`)),
  );
  if (new Set(issuers.map(({ issuer }) => issuer)).size < issuers.length) fault('two entries have one issuer');
  return issuers;
}

function readIssuer(given: Given, fault: (sentence: string) => void): TokenIssuer {
  for (const key of Object.keys(given)) if (!known.includes(key)) fault(`unknown key ${key}`);
  const text = (of: Given, key: string): string | undefined => {
    const value = of[key];
    if (value !== undefined && (typeof value !== 'string' || value === '')) fault(`${key} must be text`);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const url = (of: Given, key: string): string | undefined => {
    const value = text(of, key);
    if (value !== undefined && !isSafeUrl(value)) fault(`${key} must be https:// (http:// only on loopback)`);
    return value;
  };
  const [issuer, audience] = [url(given, 'issuer') ?? '', text(given, 'audience') ?? ''];
  if (issuer === '') fault('issuer is missing');
  if (audience === '') fault('audience must be what its tokens for us are for');
  const [jwksUri, tenant, reader] = [url(given, 'jwksUri'), text(given, 'tenant'), text(given, 'reader')];
  const scopes = new Map(
    Object.entries(isRecord(given.scopes) ? given.scopes : {}).map(([their, ours]) => [their, [ours].flat()]),
  );
  if (![...scopes.values()].flat().every((scope) => typeof scope === 'string'))
    fault('scopes must be lists of scopes, by theirs');
  return {
    issuer,
    audience,
    ...(jwksUri && { jwksUri }),
    ...(tenant && { tenant }),
    ...(reader && { reader }),
    scopes: scopes as Map<string, string[]>,
    ...(given.introspection !== undefined && {
      introspection: readIntrospection(given.introspection, { text, url }, fault),
    }),
  };
}

type Reader = (of: Given, key: string) => string | undefined;

function readIntrospection(
  given: unknown,
  { text, url }: { text: Reader; url: Reader },
  fault: (sentence: string) => void,
): NonNullable<TokenIssuer['introspection']> {
  const entry = isRecord(given) ? given : {};
  const [endpoint, clientId, clientSecret] = [
    url(entry, 'endpoint'),
    text(entry, 'clientId'),
    text(entry, 'clientSecret'),
  ];
  if (!endpoint || !clientId || !clientSecret) fault('introspection needs endpoint, clientId and clientSecret');
  return { endpoint: endpoint ?? '', clientId: clientId ?? '', clientSecret: clientSecret ?? '' };
}

const isRecord = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
