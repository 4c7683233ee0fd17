// A node that speaks nothing but TLS at its DIMSE listener: what comes, what it sends and what it promises go by TLS, with
// certificates on both ends. PS3.15 B.12.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { commit } from '../../src/dimse/scu.ts';
import { STORAGE_COMMITMENT_PUSH } from '../../src/dimse/services.ts';
import { makeCertificate } from '../support/certificate.ts';
import { ledgerOnce, putRules } from '../support/delivery.ts';
import { emptyFolder } from '../support/folder.ts';
import { makeStudy } from '../support/instances.ts';
import { without } from '../support/needs.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';
import { associate, destination, storeAll, UNCOMPRESSED } from '../support/peer.ts';

const fascia = join(import.meta.dirname, '../../fascia');

test('what a modality stores by TLS is sent on and committed by TLS, to peers that demand our certificate', {
  skip: without('openssl', 'openssl'),
}, async (t) => {
  const later = (cleanUp: () => unknown) => t.after(cleanUp);
  const certificate = makeCertificate(later);
  const folder = emptyFolder(later);
  const [pem, ca] = [join(folder, 'node.pem'), join(folder, 'ca.pem')];
  writeFileSync(pem, certificate.key + certificate.cert);
  writeFileSync(ca, certificate.cert);
  const settings = { FASCIA_DICOM_TLS: pem, FASCIA_DICOM_CLIENT_CA: ca };
  const node = await startNodeProcess(later, { environment: { ...openDoors, ...settings } });
  const run = (args: string[], more: Record<string, string> = settings) =>
    new Promise<number>((resolve) => {
      const env = { ...process.env, FASCIA_DATA: node.data, ...more };
      const child = execFile(fascia, args, { env });
      child.on('close', (code) => resolve(code ?? 1));
    });

  const here = `127.0.0.1:${node.dicomPort}`;
  assert.equal(await run(['echo', here, 'FASCIA', '--ca', ca]), 0);
  assert.equal(await run(['echo', here, 'FASCIA', '--ca', ca], {}), 1);
  assert.equal(await run(['echo', here, 'FASCIA', '--tls']), 1);

  const tls = { ...certificate, clientCa: certificate.cert };
  const result = Promise.withResolvers<DataSet>();
  const next = await destination('NEXT', { tls });
  const modality = await destination('TESTPEER', { tls, committed: (information) => result.resolve(information) });
  later(() => Promise.all([next.listener.close(), modality.listener.close()]));
  for (const [aeTitle, { listener }] of Object.entries({ NEXT: next, TESTPEER: modality }))
    assert.equal(await run(['peer', 'add', aeTitle, `127.0.0.1:${listener.port}`, '--ca', ca]), 0);
  await putRules(node, [{ name: 'all', when: 'true', after: 'instance', do: { send: 'NEXT' } }]);

  const study = makeStudy(1, 3);
  const byTls = { tls: { ...certificate, ca: certificate.cert } };
  const statuses = await storeAll(node.dicomPort, study, byTls);
  assert.deepEqual([...new Set(statuses.values())], [0]);
  await next.arrived(3);
  await ledgerOnce(node, (all) => all.length === 3 && all.every(({ state }) => state === 'accepted'));
  for (const { sopInstanceUid, bytes } of study) {
    const received = next.received.find((one) => one.sopInstanceUid === sopInstanceUid);
    assert(Buffer.from(received!.bytes).equals(bytes));
  }

  const contexts = [{ abstractSyntax: STORAGE_COMMITMENT_PUSH, transferSyntaxes: UNCOMPRESSED }];
  const association = await associate(node.dicomPort, contexts, byTls);
  assert.equal(await commit(association, '1.2.3.4', study), 0);
  await association.release();
  assert.equal((await result.promise).items('ReferencedSOPSequence').length, 3);
});
