// A running node from its configuration: the core, the doors on it, and the order in which they open and close.

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { registerApi } from '../api/api.ts';
import { checkAuthMode } from '../auth/auth-mode.ts';
import { type Authenticator, openAuthenticator } from '../auth/authenticator.ts';
import { createSignIn } from '../auth/tokens.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { type Config, ConfigError } from '../base/config.ts';
import { type ListenAddress, printListenAddress } from '../base/listen-address.ts';
import type { Log } from '../base/log.ts';
import { asProblem } from '../base/problem.ts';
import type { TlsIdentity } from '../base/tls.ts';
import { registerDicomweb } from '../dicomweb/door.ts';
import { listenDimse } from '../dimse/listener.ts';
import { registerFhir } from '../fhir/rest/door.ts';
import { registerFhircast } from '../fhircast/hub.ts';
import { listenMllp } from '../hl7v2/mllp/listener.ts';
import { InstancePlaces } from '../storage/instance-places.ts';
import { registerXds } from '../xds/door.ts';
import { DocumentIntake } from './convert/document-intake.ts';
import { FileIntake } from './convert/file-intake.ts';
import { watchInbox } from './convert/inbox.ts';
import { type Core, openCore } from './core.ts';
import { claimDataFolder } from './data-folder.ts';
import { startDelivery } from './delivery/delivery.ts';
import { followCertificates, listenerTls, tlsIdentity } from './doors/certificates.ts';
import { dicomwebHandlers } from './doors/dicomweb-handlers.ts';
import { dimseHandlers } from './doors/dimse-handlers.ts';
import { fhirHandlers } from './doors/fhir-handlers.ts';
import { openBacklog } from './doors/hl7-backlog.ts';
import { apiContext, createLocalApi } from './doors/local-api.ts';
import { type Hl7Intake, openHl7Intake } from './doors/mllp-handler.ts';
import { registerResourceMetadata } from './doors/resource-metadata.ts';
import { registerSignIn, signInPath } from './doors/sign-in.ts';
import { registerTrace } from './doors/trace-stream.ts';
import { xdsHandlers } from './doors/xds-handlers.ts';
import { behindFhir } from './fhir/behind.ts';
import { CastHub } from './fhircast/cast-hub.ts';
import { checkFolder, registerHealth } from './health.ts';
import { startHousekeeping } from './housekeeping.ts';
import { closeHttp, createHttpServer, renewHttp } from './http-server.ts';
import { hl7Identity } from './identity/hl7-identity.ts';
import { startIdentitySnapshots } from './identity/identity-snapshots.ts';
import { startModelKeeper } from './identity/model-keeper.ts';
import { startPixNotifier } from './identity/pix-notifier.ts';
import { nodeName } from './node-name.ts';
import { hl7Orders } from './orders/hl7-orders.ts';
import { StepForwarder } from './orders/step-forwarder.ts';
import { WorkitemTeller } from './orders/workitem-teller.ts';
import { workitemsByWeb } from './orders/workitem-web.ts';
import { type IdleEncoder, startIdleEncoder } from './pixels/idle-encoder.ts';
import { StoredHeads } from './pixels/stored-heads.ts';
import { registerAcknowledge } from './reading/acknowledge-page.ts';
import { AfterReading } from './reading/after-reading.ts';
import { startReading } from './reading/reading.ts';
import { Returns } from './reading/returns.ts';
import { hl7Reports } from './reports/hl7-reports.ts';
import { ReportKeeper } from './reports/report-keeper.ts';
import { registerScreens, type Screens } from './screens/screens.ts';
import { openSpine, type Spine } from './spine.ts';
import { openSubscriptions, type Subscriptions } from './subscriptions/subscriptions.ts';
import { version } from './version.ts';
import { warmUp } from './warm-up.ts';

export interface FasciaNode {
  httpAddress: ListenAddress;
  dicomAddress: ListenAddress;
  /** Where TLS is spoken beside the plain listener. */
  dicomTlsAddress?: ListenAddress;
  mllpAddress: ListenAddress;
  /** Path and query of a one-time sign-in; absent where nobody needs one. */
  signInPath: string | undefined;
  /** What it does every hour, now. */
  keepHouse(): Promise<void>;
  /** Lets what is under way finish, within limits, and stops. May be called again. */
  close(): Promise<void>;
}

/** `clock`: by which retention counts its days. Rejects with ConfigError, with FolderInUse, or with an Error for the operator. */
export async function startNode(config: Config, log: Log, clock: Clock = systemClock): Promise<FasciaNode> {
  const reasons = checkAuthMode(config);
  if (reasons.length > 0) throw new ConfigError(reasons);
  const closing = new AsyncDisposableStack();
  try {
    const folder = await claimDataFolder(config.data);
    closing.defer(() => folder.release());
    const core = await openCore(config, log);
    closing.defer(() => core.close());
    const hl7 = openHl7Intake(core, { ...hl7Identity(core), ...hl7Orders(core), ...hl7Reports(core) });
    const local = createLocalApi(core, hl7);
    registerTrace(local);
    await local.ready();
    closing.defer(() => local.close());
    folder.serve(local.routing);
    const name = nodeName(config, 'node');
    const spine = await openSpine(core, name);
    closing.defer(() => spine.close());
    const { auth: mode, tokenIssuers } = config;
    const authenticator = await openAuthenticator(core.database, { mode, clock: systemClock, tokenIssuers });
    closing.defer(() => authenticator.close());
    await warmUp(core.database, log);
    const httpTls = await tlsIdentity('httpTls', config.httpTls);
    const teller = await WorkitemTeller.open(core);
    closing.defer(() => teller.close());
    const cast = await CastHub.open(core, authenticator);
    closing.defer(() => cast.close());
    const files = await FileIntake.open(core, spine);
    closing.defer(() => files[Symbol.asyncDispose]());
    const returns = new Returns(core, spine);
    closing.defer(() => returns.close());
    const { app, screens, subscriptions } = await createDoors(core, spine, {
      authenticator,
      hl7,
      files,
      returns,
      teller,
      cast,
      tls: httpTls,
    });
    closing.defer(() => subscriptions.close());
    const dicomTls = await listenerTls(config, 'dicom');
    core.called.renew(dicomTls);
    const beside = config.dicomTlsListener && { ...config.dicomTlsListener, tls: dicomTls };
    const dimse = await listenDimse({
      ...config.dicom,
      ...(beside === undefined ? { tls: dicomTls } : { beside }),
      aeTitle: config.aet,
      handlers: dimseHandlers(core, spine),
      log,
    });
    core.metrics.watch('fascia_associations', 'DIMSE associations in force', () => dimse.associations);
    closing.defer(async () => {
      await Promise.all([dimse.close(), closeHttp(app)]);
    });
    const backlog = await openBacklog(core, hl7);
    closing.defer(() => backlog.close());
    const mllp = await listenMllp({
      ...config.mllp,
      handler: hl7.handler,
      tls: await listenerTls(config, 'mllp'),
      log,
    });
    core.metrics.watch('fascia_mllp_connections', 'MLLP connections in force', () => mllp.connections);
    closing.defer(() => mllp.close());
    const listeners = {
      httpTls: renewHttp.bind(undefined, app),
      dicomTls: (renewed: TlsIdentity) => {
        dimse.renew(renewed);
        core.called.renew(renewed);
      },
      mllpTls: mllp.renew,
    };
    const certificates = followCertificates(config, listeners, log);
    closing.defer(() => certificates.close());
    // Last: whoever reads /readyz finds the other listeners open.
    await app.listen(config.http);
    const httpAddress = addressOf(app.server);
    core.ports.push(httpAddress.port, dimse.port, mllp.port);
    await subscriptions.start();
    backlog.start();
    // A large archive takes seconds to be known by its people: studies are received and found meanwhile.
    const notifier = startPixNotifier(core);
    notifier.catch((error) => {
      if (asProblem(error).code !== 'request/cancelled') log.error({ error }, 'identity is not known on this node');
    });
    closing.defer(async () => (await notifier.catch(() => undefined))?.close());
    const forwarder = await StepForwarder.open(core);
    closing.defer(() => forwarder.close());
    const delivery = await startDelivery(core, spine, name);
    closing.defer(() => delivery.close());
    const documents = await DocumentIntake.open(core, files, behindFhir(core));
    closing.defer(() => documents.close());
    const reports = await ReportKeeper.open(core, spine);
    closing.defer(() => reports.close());
    await returns.follow();
    const reading = await startReading(core, spine);
    closing.defer(() => reading.close());
    const inbox = config.inbox === undefined ? undefined : await watchInbox(core, files, config.inbox, name);
    closing.defer(() => inbox?.close());
    const snapshots = startIdentitySnapshots(core, spine.idleness);
    closing.defer(() => snapshots.close());
    closing.defer(() => core.cease());
    const house = startHousekeeping(core, spine, clock);
    closing.defer(() => house.close());
    if (config.htj2k === 'idle') {
      const encoder = await encodeWhenIdle(core, spine);
      closing.defer(() => encoder.close());
    }
    if (config.identityModel === 'learned') {
      const keeper = startModelKeeper(core, spine.idleness);
      closing.defer(() => keeper.close());
    }
    screens.start(spine.idleness);
    closing.defer(() => screens.close());
    const signIn = config.auth === 'on' ? await createSignIn(core.database, systemClock) : undefined;
    let closed: Promise<void> | undefined;
    return {
      httpAddress,
      dicomAddress: { host: config.dicom.host, port: dimse.port },
      ...(config.dicomTlsListener && {
        dicomTlsAddress: { host: config.dicomTlsListener.host, port: dimse.portBeside! },
      }),
      mllpAddress: { host: config.mllp.host, port: mllp.port },
      signInPath: signIn && signInPath(signIn.secret),
      keepHouse: () => house.run(),
      close: () => (closed ??= closing.disposeAsync()),
    };
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}

function encodeWhenIdle({ config, database, log }: Core, { objects, cache, idleness }: Spine): Promise<IdleEncoder> {
  return startIdleEncoder({
    database,
    objects,
    heads: new StoredHeads(objects),
    places: new InstancePlaces(database),
    cache,
    idleness,
    log,
    cursorFile: path.join(config.data, 'encoded-until'),
  });
}

interface Behind {
  authenticator: Authenticator;
  hl7: Hl7Intake;
  files: FileIntake;
  returns: Returns;
  teller: WorkitemTeller;
  cast: CastHub;
  tls: TlsIdentity | undefined;
}

interface Doors {
  app: FastifyInstance;
  screens: Screens;
  subscriptions: Subscriptions;
}

async function createDoors(
  core: Core,
  spine: Spine,
  { authenticator, hl7, files, returns, teller, cast, tls }: Behind,
): Promise<Doors> {
  const { config, log, database, audit, metrics } = core;
  const app = createHttpServer(log, tls);
  const behind = behindFhir(core);
  const subscriptions = await openSubscriptions(core, {
    handlers: fhirHandlers(core, authenticator, behind),
    root: () =>
      `${config.publicUrl ?? `${tls ? 'https' : 'http'}://${printListenAddress(addressOf(app.server))}`}/fhir/R4`,
  });
  const checks = { catalogue: () => database.query('select 1'), objects: () => checkFolder(config.objects) };
  registerHealth(app, checks, metrics);
  registerDicomweb(app, {
    handlers: dicomwebHandlers(core, spine, authenticator, workitemsByWeb(core, teller)),
    log,
    publicRoot: config.publicUrl && `${config.publicUrl}/dicomweb`,
    allowedOrigins: config.corsOrigins,
  });
  registerXds(app, {
    handlers: xdsHandlers(core, spine, authenticator),
    log,
    publicRoot: config.publicUrl && `${config.publicUrl}/dicomweb`,
  });
  registerFhir(app, {
    handlers: fhirHandlers(core, authenticator, behind, subscriptions.handlers),
    log,
    publicRoot: config.publicUrl && `${config.publicUrl}/fhir/R4`,
    allowedOrigins: config.corsOrigins,
  });
  registerResourceMetadata(app, config);
  registerFhircast(app, {
    handlers: cast,
    log,
    publicRoot: config.publicUrl && `${config.publicUrl}/fhircast`,
    allowedOrigins: config.corsOrigins,
  });
  registerSignIn(app, { database, audit, authenticator });
  registerAcknowledge(app, core, new AfterReading(core));
  registerApi(app, {
    context: apiContext(core, hl7, { files, returns, spine }),
    audit,
    door: 'api',
    authenticate: ({ headers, ip }) =>
      authenticator.authenticate({ authorization: headers.authorization, cookie: headers.cookie, remoteAddress: ip }),
    version,
    publicUrl: config.publicUrl,
  });
  const screens = registerScreens(app, core, { authenticator, pixels: spine.pixels });
  return { app, screens, subscriptions };
}

function addressOf(server: Server): ListenAddress {
  const { address, port } = server.address() as AddressInfo;
  return { host: address, port };
}
