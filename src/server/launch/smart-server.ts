// What an EHR says of its authorization server: SMART App Launch 2.2, .well-known/smart-configuration (conformance).

import type { AuthorizationServer } from 'oauth4webapi';
import { type Ehr, isSafeUrl } from '../../base/ehr.ts';
import { limits as answerLimits, failed, jsonOf } from './ehr-answer.ts';

const limits = {
  /** How long what an EHR says of itself is believed. */
  configurationMs: 5 * 60_000,
};

export interface SmartServer {
  /** As OAuth 2.0 describes it. */
  authorization: AuthorizationServer;
  scope: string;
}

interface SmartConfiguration {
  issuer?: string;
  jwks_uri?: string;
  authorization_endpoint?: string;
  token_endpoint?: string;
  capabilities?: string[];
  code_challenge_methods_supported?: string[];
}

const believed = new WeakMap<Ehr, { server: SmartServer; until: number }>();

/** Rejects with launch/ehr-failed. */
export async function smartServerOf(ehr: Ehr): Promise<SmartServer> {
  const known = believed.get(ehr);
  if (known !== undefined && performance.now() < known.until) return known.server;
  const server = serverOf(ehr, await configurationOf(ehr));
  believed.set(ehr, { server, until: performance.now() + limits.configurationMs });
  return server;
}

async function configurationOf(ehr: Ehr): Promise<SmartConfiguration> {
  const url = `${ehr.issuer}/.well-known/smart-configuration`;
  const signal = AbortSignal.timeout(answerLimits.answerMs);
  const options = { headers: { Accept: 'application/json' }, signal, redirect: 'error' } as const;
  const response = await fetch(url, options).catch((cause: unknown) => {
    throw failed(ehr, 'it cannot be reached', cause);
  });
  return ((await jsonOf(ehr, response)) ?? {}) as SmartConfiguration;
}

function serverOf(ehr: Ehr, configuration: SmartConfiguration): SmartServer {
  const { issuer, jwks_uri, authorization_endpoint, token_endpoint, capabilities = [] } = configuration;
  const methods = configuration.code_challenge_methods_supported;
  if (![authorization_endpoint, token_endpoint].every((url) => isSafeUrl(String(url)))) {
    throw failed(ehr, 'its SMART configuration names no endpoints');
  }
  if (methods !== undefined && !methods.includes('S256')) throw failed(ehr, 'it does not offer PKCE with S256');
  const signsIn = issuer !== undefined && capabilities.includes('sso-openid-connect');
  return {
    // Without OpenID Connect nothing is compared with the issuer.
    authorization: {
      issuer: issuer ?? ehr.issuer,
      jwks_uri,
      authorization_endpoint,
      token_endpoint,
      id_token_signing_alg_values_supported: signatures,
    },
    scope: [...(signsIn ? ['openid', 'fhirUser'] : []), 'launch', ...readScopes(capabilities)].join(' '),
  };
}

/** A SMART configuration does not say which one an EHR uses. */
const signatures = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];

/** SMART 2 writes `.rs` where SMART 1 wrote `.read`. */
function readScopes(capabilities: readonly string[]): string[] {
  const read = capabilities.includes('permission-v2') ? 'r' : 'read';
  return ['Patient', 'ImagingStudy', 'ServiceRequest'].map((type) => `patient/${type}.${read}`);
}
