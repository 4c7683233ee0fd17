// A small EHR that launches apps (SMART App Launch 2.2): it signs in nobody, checks what it is asked as strictly as it can,
// and has the resources that a test gives it.

import { createHash, createSign, generateKeyPairSync, type KeyObject, randomUUID, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface EhrOptions {
  clientId: string;
  /** What it knows the app by: a secret, or its public key. */
  clientSecret?: string;
  clientKey?: KeyObject;
  /** By `Type/id`. */
  resources: Record<string, object>;
}

/** What a launch is about, and what the EHR does differently from what it should. */
export interface LaunchOf {
  patient?: string;
  fhirContext?: object[];
  intent?: string;
  /** The authorization server's error instead of a code. */
  error?: string;
  idTokenIssuer?: string;
}

export interface TestEhr {
  issuer: string;
  /** The value of `launch` for a launch about this. */
  launchOf(about: LaunchOf): string;
  /** Every request for a token and for a resource: the path. */
  asked: string[];
}

interface Granted {
  launch: LaunchOf;
  challenge: string;
  redirectUri: string;
}

export async function startEhr(after: (cleanUp: () => void) => void, options: EhrOptions): Promise<TestEhr> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const launches = new Map<string, LaunchOf>();
  const codes = new Map<string, Granted>();
  const tokens = new Set<string>();
  const asked: string[] = [];
  let issuer = '';
  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, issuer);
    const path = url.pathname.replace(/^\/fhir\//, '');
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (path === '.well-known/smart-configuration') return json(200, configuration(issuer));
    if (path === 'authorize') return void response.writeHead(302, { Location: authorize(url.searchParams) }).end();
    asked.push(path);
    if (path === 'token') return json(...(await token(request)));
    if (!tokens.has((request.headers.authorization ?? '').replace('Bearer ', ''))) return json(401, {});
    const resource = options.resources[path];
    return resource === undefined ? json(404, {}) : json(200, resource);
  });

  function authorize(query: URLSearchParams): string {
    const launch = launches.get(query.get('launch')!);
    const back = new URL(query.get('redirect_uri')!);
    back.searchParams.set('state', query.get('state')!);
    const faults = [
      launch === undefined && 'unknown_launch',
      query.get('client_id') !== options.clientId && 'unknown_client',
      query.get('aud') !== issuer && 'wrong_audience',
      query.get('code_challenge_method') !== 'S256' && 'no_pkce',
      query.get('response_type') !== 'code' && 'unsupported_response_type',
      !/^openid fhirUser launch patient\/Patient\.r /.test(query.get('scope')!) && 'invalid_scope',
      launch?.error,
    ].filter(Boolean);
    if (faults.length > 0) back.searchParams.set('error', String(faults[0]));
    else {
      const code = randomUUID();
      codes.set(code, {
        launch: launch!,
        challenge: query.get('code_challenge')!,
        redirectUri: back.href.split('?')[0]!,
      });
      back.searchParams.set('code', code);
    }
    return back.href;
  }

  async function token(request: IncomingMessage): Promise<[number, object]> {
    const form = new URLSearchParams(await text(request));
    const granted = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    if (!isClient(request.headers.authorization, form)) return [401, { error: 'invalid_client' }];
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood = verifier === granted?.challenge && form.get('redirect_uri') === granted.redirectUri;
    if (granted === undefined || !isGood) return [400, { error: 'invalid_grant' }];
    const accessToken = randomUUID();
    tokens.add(accessToken);
    const { patient, fhirContext, intent, idTokenIssuer } = granted.launch;
    const context = { patient, fhirContext, intent, id_token: idToken(idTokenIssuer ?? issuer) };
    return [200, { access_token: accessToken, token_type: 'Bearer', expires_in: 300, ...context }];
  }

  /** Basic (RFC 6749 2.3.1), or a signed assertion (RFC 7523). */
  function isClient(authorization: string | undefined, form: URLSearchParams): boolean {
    const { clientId, clientSecret, clientKey } = options;
    const credentials = Buffer.from((authorization ?? '').replace('Basic ', ''), 'base64').toString();
    if (clientKey === undefined) return credentials === `${clientId}:${clientSecret}`;
    const [head, claims, signature = ''] = (form.get('client_assertion') ?? '').split('.');
    const { alg, kid } = JSON.parse(Buffer.from(head!, 'base64url').toString());
    const { iss, aud } = JSON.parse(Buffer.from(claims!, 'base64url').toString());
    const signed = Buffer.from(`${head}.${claims}`);
    const key = { key: clientKey, dsaEncoding: 'ieee-p1363' } as const;
    const isSigned = verify('sha384', signed, key, Buffer.from(signature, 'base64url'));
    // RFC 7523: the audience is the authorization server or its token endpoint.
    return (
      isSigned &&
      alg === 'ES384' &&
      kid === 'one' &&
      iss === clientId &&
      [aud].flat().some((each) => String(each).startsWith(issuer))
    );
  }

  function idToken(iss: string): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss,
      aud: options.clientId,
      sub: 'dr-quill',
      fhirUser: `${issuer}/Practitioner/7`,
      iat: now,
      exp: now + 60,
    };
    const signed = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) => base64url(JSON.stringify(part))).join('.');
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  // Another site than a node on 127.0.0.1, as browsers see it.
  issuer = `http://localhost:${(server.address() as AddressInfo).port}/fhir`;
  return {
    issuer,
    launchOf(about) {
      const launch = randomUUID();
      launches.set(launch, about);
      return launch;
    },
    asked,
  };
}

const base64url = (value: string): string => Buffer.from(value).toString('base64url');

const configuration = (issuer: string) => ({
  issuer,
  jwks_uri: `${issuer}/jwks`,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  capabilities: ['launch-ehr', 'client-confidential-symmetric', 'sso-openid-connect', 'permission-v2'],
  code_challenge_methods_supported: ['S256'],
});
