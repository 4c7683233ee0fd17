// We as an app of an EHR: SMART App Launch 2.2, EHR launch with authorization code and PKCE (RFC 7636).

import { readFile } from 'node:fs/promises';
import * as oauth from 'oauth4webapi';
import type { Ehr } from '../../base/ehr.ts';
import { asProblem, Problem } from '../../base/problem.ts';
import { failed, requestOptions } from './ehr-answer.ts';
import type { SmartServer } from './smart-server.ts';

/** What came with the access token (SMART App Launch 2.2, launch context). */
export interface LaunchContext {
  accessToken: string;
  /** Logical id of the Patient. */
  patient: string;
  /** FHIR resources the app is launched about. */
  fhirContext: readonly unknown[];
  intent?: string;
  /** Who is signed in there: `fhirUser`, else the subject of the ID token. */
  user?: string;
}

/** Where the browser goes. */
export function authorizationUrl(
  ehr: Ehr,
  { authorization, scope }: SmartServer,
  request: { launch: string; state: string; codeChallenge: string; redirectUri: string; aud: string },
): string {
  const url = new URL(authorization.authorization_endpoint!);
  const parameters = {
    response_type: 'code',
    client_id: ehr.clientId,
    redirect_uri: request.redirectUri,
    launch: request.launch,
    scope,
    state: request.state,
    aud: request.aud,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** `answer`: the parameters with which the browser came back. Rejects with launch/refused or launch/ehr-failed. */
export async function exchangeCode(
  ehr: Ehr,
  { authorization }: SmartServer,
  { answer, redirectUri, codeVerifier }: { answer: URLSearchParams; redirectUri: string; codeVerifier: string },
): Promise<LaunchContext> {
  const client: oauth.Client = { client_id: ehr.clientId };
  try {
    const parameters = oauth.validateAuthResponse(authorization, client, answer, answer.get('state') ?? '');
    const response = await oauth.authorizationCodeGrantRequest(
      authorization,
      client,
      await clientAuthentication(ehr),
      parameters,
      redirectUri,
      codeVerifier,
      requestOptions(ehr),
    );
    return contextOf(ehr, await oauth.processAuthorizationCodeResponse(authorization, client, response));
  } catch (error) {
    throw told(ehr, error);
  }
}

async function clientAuthentication({ clientSecret, clientKey }: Ehr): Promise<oauth.ClientAuth> {
  if (clientSecret !== undefined) return oauth.ClientSecretBasic(clientSecret);
  if (clientKey === undefined) return oauth.None();
  const jwk = JSON.parse(await readFile(clientKey, 'utf8')) as oauth.JWK & { kid?: string };
  // SMART App Launch 2.2, client-confidential-asymmetric: RS384 or ES384.
  const algorithm =
    jwk.kty === 'RSA' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' } : { name: 'ECDSA', namedCurve: 'P-384' };
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']);
  return oauth.PrivateKeyJwt({ key, kid: jwk.kid });
}

function contextOf(ehr: Ehr, answer: oauth.TokenEndpointResponse): LaunchContext {
  const { access_token: accessToken, patient, fhirContext, intent } = answer;
  if (typeof patient !== 'string') throw new Problem('launch/refused', { reason: `${ehr.name} named no patient` });
  const claims = oauth.getValidatedIdTokenClaims(answer);
  const user = claims?.fhirUser ?? claims?.sub;
  return {
    accessToken,
    patient,
    fhirContext: Array.isArray(fhirContext) ? fhirContext : [],
    intent: typeof intent === 'string' ? intent : undefined,
    user: typeof user === 'string' ? user : undefined,
  };
}

/** What went wrong, in words without anything that the EHR wrote but its error code (RFC 6749 4.1.2.1, 5.2). */
function told(ehr: Ehr, error: unknown): Problem {
  const isRefusal = error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError;
  if (isRefusal) {
    const reason = `${ehr.name} answered ${error.error.replace(/[^\w.-]/g, '').slice(0, 64)}`;
    return new Problem('launch/refused', { reason }, error);
  }
  const problem = asProblem(error);
  return problem.code === 'internal/unexpected' ? failed(ehr, 'its token was not as it should be', error) : problem;
}
