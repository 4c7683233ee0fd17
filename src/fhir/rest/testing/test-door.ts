// A FHIR door on a port of its own before identity in memory.

import type { TestContext } from 'node:test';
import type { OperationOutcome, Patient, Resource } from '@medplum/fhirtypes';
import { fastify } from 'fastify';
import type { Log } from '../../../base/log.ts';
import { Problem } from '../../../base/problem.ts';
import { readResource } from '../../resource.ts';
import { type FhirOptions, registerFhir } from '../door.ts';
import type { FhirHandlers, ImagingStudyHandlers } from '../handlers.ts';
import { MemoryIdentity } from './memory-identity.ts';
import { memoryPatients, noAudit, noExports } from './memory-patients.ts';

export interface TestDoor {
  identity: MemoryIdentity;
  /** `http://127.0.0.1:1234/fhir/R4` */
  root: string;
  /** Every line that was logged, as text. */
  logged: string[];
  /** `body` is sent as JSON where it is an object. The answer's resource is read, and so checked. */
  send<R extends Resource = Resource>(
    method: string,
    path: string,
    body?: object | string,
    headers?: Record<string, string>,
  ): Promise<TestAnswer<R>>;
}

export interface TestAnswer<R extends Resource = Resource> {
  status: number;
  headers: Headers;
  text: string;
  resource: R;
  /** Of an OperationOutcome: `severity code diagnostics` of its first issue. */
  issue: string;
}

type Options = Partial<FhirOptions> & { isOpen?: boolean; imagingStudies?: ImagingStudyHandlers };

const noStudies: ImagingStudyHandlers = {
  search: async () => ({ studies: [], included: [] }),
  read: async () => {
    throw new Problem('catalogue/not-found', { what: 'ImagingStudy' });
  },
  manifest: async () => {
    throw new Problem('catalogue/not-found', { what: 'ImagingStudy' });
  },
  endpoint: async () => {
    throw new Problem('catalogue/not-found', { what: 'Endpoint' });
  },
};

/** The only credential is `Bearer good`, unless `isOpen`. */
export async function testDoor(
  t: TestContext,
  { isOpen = true, imagingStudies = noStudies, ...options }: Options = {},
): Promise<TestDoor> {
  const identity = new MemoryIdentity();
  const logged: string[] = [];
  const line = (fields: object, event: string): void => {
    logged.push(JSON.stringify({ ...fields, event }));
  };
  const log: Log = { debug: line, info: line, warn: line, error: line };
  const app = fastify({ forceCloseConnections: true, http: { maxHeaderSize: 160 << 10 } });
  const handlers: FhirHandlers = {
    identity,
    imagingStudies,
    resources: memoryPatients(identity),
    exports: noExports,
    reports: {
      async render() {
        throw new Problem('catalogue/not-found', { what: 'DiagnosticReport' });
      },
      async take() {
        throw new Problem('fhir/not-a-report-document');
      },
    },
    audit: noAudit,
    transaction: (_request, work) => work(handlers),
    async authenticate({ authorization }) {
      if (!isOpen && authorization !== 'Bearer good') throw new Problem('auth/unauthenticated', { reason: 'none' });
      return 'somebody';
    },
  };
  registerFhir(app, {
    handlers,
    log,
    ...options,
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => app.close());
  const root = `${address}/fhir/R4`;
  return {
    identity,
    root,
    logged,
    async send<R extends Resource>(method: string, path: string, body?: object | string, headers = {}) {
      const response = await fetch(root + path, {
        method,
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/fhir+json' }), ...headers },
      });
      const text = await response.text();
      const [, format] = /\+(json|xml)\b/.exec(response.headers.get('content-type') ?? '') ?? [];
      const resource = (
        format === undefined || text === '' ? undefined : readResource(text, format as 'json' | 'xml')
      ) as R;
      return { status: response.status, headers: response.headers, text, resource, issue: issueOf(resource) };
    },
  };
}

function issueOf(resource: Resource | undefined): string {
  const [issue] = resource?.resourceType === 'OperationOutcome' ? ((resource as OperationOutcome).issue ?? []) : [];
  return issue === undefined ? '' : `${issue.severity} ${issue.code} ${issue.diagnostics}`;
}

export const RED = 'urn:oid:1.3.6.1.4.1.21367.13.20.1000';
export const BLUE = 'urn:oid:1.3.6.1.4.1.21367.13.20.3000';

export const patient = (system: string, value: string, more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  identifier: [{ system, value }],
  active: true,
  name: [{ family: 'Mohr', given: ['Alice'] }],
  gender: 'female',
  birthDate: '1958-01-30',
  ...more,
});

/** The conditional update of ITI-104. */
export const registrationPath = (system: string, value: string): string =>
  `/Patient?identifier=${encodeURIComponent(`${system}|${value}`)}`;
