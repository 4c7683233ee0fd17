// The reading exchange of a node in this process: a client's archive, a provider's room, and /api/v1 for whoever a test acts as.

import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { registerApi } from '../../src/api/api.ts';
import type { Principal } from '../../src/auth/principal.ts';
import { tenantNamed } from '../../src/auth/tenants.ts';
import { loadConfig } from '../../src/base/config.ts';
import { silentLog } from '../../src/base/log.ts';
import { readMessage } from '../../src/hl7v2/reader.ts';
import { keepOrders } from '../../src/orders/order-store.ts';
import type { Reader } from '../../src/reading/readers/reader.ts';
import { openRoom } from '../../src/reading/store/rooms.ts';
import type { NewTerm } from '../../src/reading/terms/read-term.ts';
import type { ServiceTerm } from '../../src/reading/terms/service-term.ts';
import { type Core, openCore } from '../../src/server/core.ts';
import { apiContext } from '../../src/server/doors/local-api.ts';
import { openHl7Intake } from '../../src/server/doors/mllp-handler.ts';
import { createHttpServer } from '../../src/server/http-server.ts';
import { hl7Identity } from '../../src/server/identity/hl7-identity.ts';
import { hl7Orders } from '../../src/server/orders/hl7-orders.ts';
import { startReading } from '../../src/server/reading/reading.ts';
import { openSpine } from '../../src/server/spine.ts';
import { announceExpected } from '../../src/storage/announced.ts';
import type { Order } from '../../src/translate/order.ts';
import { send } from './archive.ts';
import { layCluster } from './cluster-template.ts';
import { emptyFolder, unwinding } from './folder.ts';
import type { MadeInstance } from './instances.ts';
import { openDoors } from './node-process.ts';

const always = { from: '2020-01-01T00:00:00Z' };

/** A case as /api/v1 shows it. */
// biome-ignore lint/suspicious/noExplicitAny: tests read of it what they are about.
export type Shown = Record<string, any>;

export interface TestExchange {
  core: Core;
  /** Tenants: the archive of the clinic, and the room of its provider. */
  clinic: number;
  room: number;
  desk: Principal;
  readerNamed(id: string): Principal;
  call(
    as: Principal,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Shown }>;
  /** Kept in the archive of the clinic; `whole`: nothing else comes of their study. */
  acquire(instances: readonly MadeInstance[], whole?: boolean): Promise<void>;
  order(order: Order): Promise<string>;
  /** What the hospital's registration says by HL7 v2; resolves to the acknowledgement code. */
  register(event: string, ...segments: string[]): Promise<string>;
  /** The case of a study or an accession number, as soon as it is as it should be. */
  caseOnce(of: { studyUid?: string; accession?: string }, holds: (shown: Shown) => boolean): Promise<Shown>;
}

export const someReader = (id: string, over: Partial<Reader> = {}): Reader => ({
  id,
  provider: 'nightowl',
  name: `${id}^Reader`,
  at: 'DE',
  licences: [{ id: `${id}-DE`, number: '1', issuer: 'LÄK', validAt: ['DE'], period: always, status: 'active' }],
  privileges: [
    {
      ...{ id: `${id}-clinic`, client: 'clinic', level: 'report', period: always },
      readTypes: ['preliminary', 'final', 'second', 'consult'],
      ...{ modalities: [], bodyRegions: [], excludedReferrers: [] },
    },
  ],
  insurance: [{ period: always, limit: '5000000', currency: 'EUR' }],
  subspecialties: [],
  modalities: [],
  languages: ['en'],
  shifts: [{ id: 's', from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }],
  startedAt: '2020-01-01T00:00:00Z',
  status: 'active',
  ...over,
});

const theTerm = (over: Partial<ServiceTerm>): NewTerm => ({
  ...{ id: 'clinic-nightowl/ct', contract: 'clinic-nightowl', validFrom: '2026-01-01T00:00:00Z' },
  ...{ sites: [], modalities: ['CT'], bodyRegions: [], procedures: [], subspecialty: { required: 'none' } },
  ...{ readType: 'final', hours: [], holidays: [], outOfHours: true },
  levels: (['routine', 'urgent', 'asap', 'stat'] as const).map((priority, at) => ({
    ...{ priority, from: 'ready', until: 'final', minutes: [1440, 60, 45, 30][at]!, measure: 'each' },
    pauses: ['question-to-site', 'identity-unclear'],
  })),
  jurisdictions: { patientAt: ['DE'], readerMayBeAt: ['DE'], dataMayRestAt: ['DE'], blocked: [] },
  payers: [],
  disclosure: { mode: 'pseudonymised', profile: 'R-read' },
  priors: { lookbackMonths: 36, maxStudies: 5, modalities: [], required: false },
  quality: { secondReadRate: 0, newStarterCases: 0, blind: true },
  critical: 'standard',
  price: { unit: 'exam', amount: '40.00', currency: 'EUR', multipliers: {} },
  ...{ delivery: [], subProcessors: [] },
  ...over,
});

/** The clinic has CTs read by nightowl, whose readers are ada and ben. */
export async function testExchange(t: TestContext, term: Partial<ServiceTerm> = {}): Promise<TestExchange> {
  const later = unwinding(t);
  const folder = emptyFolder(later);
  const { config } = loadConfig({ folder, environment: { ...openDoors, FASCIA_DATA: folder } });
  await layCluster(config.data);
  const core = await openCore(config, silentLog);
  later(() => core.close());
  later(() => core.cease());
  const { database, terms, readers } = core;
  const clinic = await tenantNamed(database, 'clinic');
  const room = (await openRoom(database, 'nightowl', 'DE')).tenant;
  const contract = { id: 'clinic-nightowl', client: 'clinic', provider: 'nightowl', from: '2026-01-01T00:00:00Z' };
  await terms.putContract({ ...contract, terms: [theTerm(term)] }, { author: 'test', at: Date.now() });
  const names = { aeTitles: [], stations: [], institutions: [], facilities: [] };
  await terms.putSite(clinic, { id: 'clinic-main', at: 'DE', ...names });
  for (const id of ['ada', 'ben']) await readers.put(someReader(id), 'test');
  for (const id of ['ada', 'ben']) await readers.putShifts(id, someReader(id).shifts, 0);

  const spine = await openSpine(core, 'test');
  later(() => spine.close());
  const reading = await startReading(core, spine);
  later(() => reading.close());
  const principals = new Map<string, Principal>();
  const app = createHttpServer(silentLog);
  registerApi(app, {
    ...{ context: apiContext(core, openHl7Intake(core)), audit: core.audit, door: 'api', version: '0' },
    authenticate: async ({ headers }) => principals.get(String(headers.authorization))!,
  });
  await app.ready();
  later(() => app.close());

  const desksOfRegistration = { sendingApplication: 'ADT', sendingFacility: 'CLINIC', hosts: [], enabled: true };
  await core.interfaces.put(clinic, { name: 'registration', ...desksOfRegistration, profile: {} });
  const hl7 = openHl7Intake(core, { ...hl7Identity(core), ...hl7Orders(core) });
  let messages = 0;
  const call: TestExchange['call'] = async (as, method, path, body) => {
    principals.set(as.id, as);
    const answer = await app.inject({
      ...{ method, url: `/api/v1/reading${path}`, headers: { authorization: as.id } },
      ...(body && { payload: body }),
    });
    return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json() };
  };
  const desk: Principal = {
    ...{ id: 'token:desk', kind: 'token', tenant: clinic },
    scopes: ['read', 'write', 'administer'],
  };
  return {
    ...{ core, clinic, room, desk, call },
    readerNamed: (reader) => ({
      ...{ id: `token:${reader}`, kind: 'token', tenant: room, scopes: ['report'], reader },
    }),
    async acquire(instances, whole = true) {
      for (const { file } of instances) {
        await send(spine.receive, file, { door: 'stow-rs', tenant: clinic, source: 'CT1', principal: 'peer:CT1' });
      }
      const [{ studyInstanceUid }] = instances as [MadeInstance];
      if (whole) {
        const [row] = await database.query<{ count: number }>(
          'select instance_count as count from study where tenant = $1 and study_uid = $2',
          [clinic, studyInstanceUid],
        );
        await announceExpected(database, clinic, { studyInstanceUid, instances: row!.count, final: true });
      }
    },
    async register(event, ...segments) {
      const id = `${++messages}`;
      const header = `MSH|^~\\&|ADT|CLINIC|FASCIA|CLINIC|20261123||ADT^${event}|${id}|P|2.5.1||||||UNICODE UTF-8`;
      const bytes = new TextEncoder().encode([header, `EVN|${event}|20261123`, ...segments].join('\r'));
      const [answer] = await hl7.handler(bytes, { remoteAddress: '127.0.0.1' });
      return readMessage(answer!).segment('MSA')!.text(1);
    },
    async order(order) {
      const [kept] = await keepOrders(database, { tenant: clinic, source: 'RIS' }, [order]);
      return kept!.id;
    },
    async caseOnce({ studyUid, accession }, holds) {
      for (;;) {
        const { body } = await call(desk, 'GET', `/cases?limit=1000&state=${allStates}`);
        const found = (body as unknown as Shown[]).find(
          (each) =>
            (studyUid === undefined || each.studyUid === studyUid) &&
            (accession === undefined || each.accession === accession),
        );
        if (found !== undefined && holds(found)) return found;
        // The worklist announces nothing outside the node.
        await pause(50);
      }
    },
  };
}

const allStates =
  'announced,orphan,receiving,hold,ready,offered,claimed,reading,parked,preliminary,over-read,final,delivered,closed,cancelled,rejected,in-error';

/** For Jane Doe, a CT of the head. */
export const someOrder = (accession: string, over: Partial<Order> = {}): Order => ({
  placer: { number: `P-${accession}`, issuer: 'RIS' },
  accession: { number: accession, issuer: '' },
  procedureDescription: 'CT Head without contrast',
  priority: 'STAT',
  requestedAt: '2026-11-23T07:00:00Z',
  patient: { issuer: 'RIS', patientId: 'MRN-1', name: 'Doe^Jane', birthDate: '1980-01-02', sex: 'F' },
  steps: [{ id: '1', modality: 'CT' }],
  ...over,
});
