import assert from 'node:assert/strict';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import { makeCertificate } from '../../../test/support/certificate.ts';
import { emptyFolder } from '../../../test/support/folder.ts';
import { listeningLog } from '../../../test/support/listening-log.ts';
import { MemoryArchive } from '../../../test/support/memory-archive.ts';
import { without } from '../../../test/support/needs.ts';
import type { TlsIdentity } from '../../base/tls.ts';
import { listenDimse } from '../../dimse/listener.ts';
import { listenMllp } from '../../hl7v2/mllp/listener.ts';
import { closeHttp, createHttpServer, renewHttp } from '../http-server.ts';
import { followCertificates, tlsIdentity } from './certificates.ts';

const skip = without('openssl', 'openssl');

/** A PEM file, and how it is renewed as certificate managers do: another file takes its name. */
function pemFile(t: TestContext) {
  const path = join(
    emptyFolder((cleanUp) => t.after(cleanUp)),
    'node.pem',
  );
  const renew = (pem?: string): void => {
    const { key, cert } = makeCertificate((cleanUp) => t.after(cleanUp));
    writeFileSync(`${path}.new`, pem ?? key + cert);
    renameSync(`${path}.new`, path);
  };
  renew();
  return { path, renew };
}

/** The serial number of whoever answers. */
async function serialAt(port: number): Promise<string> {
  const socket: TLSSocket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
}

test('a renewed certificate is in force from the next connection on; one that cannot be used is not', {
  skip,
}, async (t) => {
  const { path, renew } = pemFile(t);
  const { log, heard } = listeningLog();
  const tls = (await tlsIdentity('httpTls', path))!;
  const app = createHttpServer(log, tls);
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => closeHttp(app));
  const mllp = await listenMllp({ host: '127.0.0.1', port: 0, handler: async () => [], tls });
  t.after(() => mllp.close());
  const dimse = await listenDimse({
    host: '127.0.0.1',
    port: 0,
    aeTitle: 'FASCIA',
    handlers: new MemoryArchive(),
    tls,
  });
  t.after(() => dimse.close());
  const [http, hl7, dicom] = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const inForce = { http: http!, mllp: hl7!, dimse: dicom! };
  const listeners = {
    httpTls: (renewed: TlsIdentity) => inForce.http.resolve(renewHttp(app, renewed)),
    mllpTls: (renewed: TlsIdentity) => inForce.mllp.resolve(mllp.renew(renewed)),
    dicomTls: (renewed: TlsIdentity) => inForce.dimse.resolve(dimse.renew(renewed)),
  };
  const following = followCertificates({ httpTls: path, mllpTls: path, dicomTls: path }, listeners, log, 10);
  t.after(() => following.close());
  const ports = [(app.server.address() as { port: number }).port, mllp.port, dimse.port];
  const serials = () => Promise.all(ports.map(serialAt));
  const before = await serials();
  assert.equal(new Set(before).size, 1);
  const refused = heard('certificate not renewed');
  renew('half a file');
  await refused;
  assert.deepEqual(await serials(), before);
  renew();
  await Promise.all([inForce.http.promise, inForce.mllp.promise, inForce.dimse.promise]);
  const after = await serials();
  assert.equal(new Set(after).size, 1);
  assert.notEqual(after[0], before[0]);
});

test('a file without a key, or with the key of another certificate, is refused with its setting', {
  skip,
}, async (t) => {
  const folder = emptyFolder((cleanUp) => t.after(cleanUp));
  const file = join(folder, 'a.pem');
  const [one, other] = [1, 2].map(() => makeCertificate((cleanUp) => t.after(cleanUp)));
  for (const pem of ['', one!.cert, one!.key, other!.key + one!.cert]) {
    writeFileSync(file, pem);
    await assert.rejects(tlsIdentity('httpTls', file), { name: 'ConfigError', message: /^httpTls: .*a\.pem/ });
  }
  await assert.rejects(tlsIdentity('httpTls', join(folder, 'none.pem')), { message: /^httpTls: ENOENT/ });
  assert.equal(await tlsIdentity('httpTls', undefined), undefined);
});
