// DCMTK's tools as our peers over TLS, with certificates on both ends, in both directions. PS3.15 B.12.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { makeCertificate } from '../support/certificate.ts';
import { startStorescp } from '../support/dcmtk.ts';
import { emptyFolder, folderOf } from '../support/folder.ts';
import { makeStudy } from '../support/instances.ts';
import { without } from '../support/needs.ts';
import { addPeer, type NodeProcess, openDoors, startNodeProcess } from '../support/node-process.ts';
import { ownNetwork } from '../support/own-namespace.ts';
import { move } from '../support/peer.ts';
import { run, succeed } from '../support/program.ts';
import { assertSameInstances, instancesInFolder } from '../support/same-instances.ts';

const noServers = await ownNetwork(import.meta.filename);

describe('DCMTK by TLS', { skip: without('storescu', 'dcmtk') || without('openssl', 'openssl') }, () => {
  const closing = new AsyncDisposableStack();
  after(() => closing.disposeAsync());
  const certificate = makeCertificate((cleanUp) => closing.defer(cleanUp));
  const files = emptyFolder((cleanUp) => closing.defer(cleanUp));
  const [key, cert, both] = ['key', 'cert', 'both'].map((name) => join(files, `${name}.pem`)) as [
    string,
    string,
    string,
  ];
  const byTls = ['+tls', key, cert, '+cf', cert];
  let node: NodeProcess;
  let called: string[];

  before(async () => {
    writeFileSync(key, certificate.key);
    writeFileSync(cert, certificate.cert);
    writeFileSync(both, certificate.key + certificate.cert);
    const environment = {
      ...openDoors,
      FASCIA_DICOM_TLS: both,
      FASCIA_DICOM_CLIENT_CA: cert,
      FASCIA_DICOM_TLS_LISTENER: '127.0.0.1:0',
    };
    node = await startNodeProcess((cleanUp) => closing.defer(cleanUp), { environment });
    called = ['-aet', 'DCMTK', '-aec', 'FASCIA', '127.0.0.1', String(node.dicomTlsPort)];
  });

  test('echoscu is let in with its certificate, by each profile of BCP 195, and not without', async () => {
    for (const profile of ['+py', '+px', '+pz']) await succeed('echoscu', [...byTls, profile, ...called]);
    assert.notEqual((await run('echoscu', ['+tla', '+cf', cert, ...called])).code, 0);
    assert.notEqual((await run('echoscu', called)).code, 0);
  });

  test('what storescu stores by TLS comes to storescp by TLS, byte for byte', { skip: noServers }, async (t) => {
    const study = makeStudy(2, 10);
    const later = t.after.bind(t);
    const sent = folderOf(
      later,
      study.map(({ file }) => file),
    );
    await succeed('storescu', [...byTls, '-R', '+sd', ...called, sent]);
    const folder = await startStorescp(later, 'STORESCP', 11117, byTls);
    const keys = { StudyInstanceUID: study[0]!.studyInstanceUid };
    await addPeer(node, 'STORESCP', 11117);
    assert.notEqual(await move(node.dicomPort, keys, 'STORESCP'), 0);
    await addPeer(node, 'STORESCP', 11117, { tls: { ca: certificate.cert } });
    assert.equal(await move(node.dicomPort, keys, 'STORESCP'), 0);
    assertSameInstances(instancesInFolder(folder), study);
  });
});
