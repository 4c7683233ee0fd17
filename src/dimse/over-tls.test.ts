// Associations by TLS, both ends ours. What other implementations make of it is in test/interop/dcmtk-tls.test.ts.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { makeCertificate } from '../../test/support/certificate.ts';
import { associated, filled, identifier, plain, STUDY_MOVE, sendable, serving } from '../../test/support/dimse-door.ts';
import { makeInstance } from '../../test/support/instances.ts';
import { MemoryArchive } from '../../test/support/memory-archive.ts';
import { without } from '../../test/support/needs.ts';
import { dimseLimits } from './limits.ts';
import { echo, move } from './scu.ts';
import { VERIFICATION } from './services.ts';
import { sendInstance } from './store-scu.ts';

const skip = without('openssl', 'openssl');
const contexts = [plain(VERIFICATION)];

/** A door by TLS that demands certificates of `authority`, by which it also proves itself. */
async function demanding(t: TestContext, archive = new MemoryArchive()) {
  const authority = makeCertificate((cleanUp) => t.after(cleanUp));
  const { port } = await serving(t, archive, { tls: { ...authority, clientCa: authority.cert } });
  return { port, archive, tls: { ...authority, ca: authority.cert } };
}

test('PS3.15 B.12: with certificates on both ends an association is made, and what is stored is what was sent', {
  skip,
}, async (t) => {
  const { port, archive, tls } = await demanding(t);
  const made = makeInstance({
    attributes: { Rows: 1024, Columns: 1024, PixelData: new Uint8Array(2_097_152).fill(7) },
  });
  const proposals = [{ abstractSyntax: made.sopClassUid, transferSyntaxes: [made.transferSyntaxUid] }];
  const association = await associated(t, port, proposals, { tls });
  const { status } = await sendInstance(association.messages, association.contexts.values(), sendable(made, 100_000));
  assert.equal(status, 0);
  await association.release();
  assert(Buffer.from(archive.instances.get(made.sopInstanceUid)!.bytes).equals(made.bytes));
});

test('PS3.15 B.12: whoever has no certificate, or one of strangers, or speaks TLS 1.1, or no TLS, is not let in', {
  skip,
}, async (t) => {
  const { port, tls } = await demanding(t);
  const stranger = makeCertificate((cleanUp) => t.after(cleanUp));
  for (const wrong of [{ ca: tls.ca }, { ...stranger, ca: tls.ca }, undefined])
    await assert.rejects(associated(t, port, contexts, { tls: wrong }), { code: 'dimse/peer-unreachable' });
  const ciphers = 'ALL:@SECLEVEL=0';
  const old = connectTls({ port, host: '127.0.0.1', ...tls, ciphers, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' });
  const [error] = (await once(old, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  const association = await associated(t, port, contexts, { tls });
  assert.equal(await echo(association), 0);
});

test('a peer whose certificate nobody we trust has signed, or that is of another name, is not called, and the reason is said', {
  skip,
}, async (t) => {
  const { port, tls } = await demanding(t);
  const { cert: ca } = makeCertificate((cleanUp) => t.after(cleanUp));
  await assert.rejects(associated(t, port, contexts, { tls: { ...tls, ca } }), {
    code: 'dimse/peer-unreachable',
    message: /DEPTH_ZERO_SELF_SIGNED_CERT/,
  });
  await assert.rejects(associated(t, port, contexts, { tls: { ...tls, serverName: 'pacs.example.org' } }), {
    code: 'dimse/peer-unreachable',
    message: /ERR_TLS_CERT_ALTNAME_INVALID/,
  });
});

test('C-MOVE: a destination by TLS gets its instances by TLS', { skip }, async (t) => {
  const { port: secure, archive: target, tls } = await demanding(t);
  const archive = new MemoryArchive();
  const [made] = filled(archive, [makeInstance()]);
  archive.destinations.set('TARGET', { aeTitle: 'FASCIA', host: '127.0.0.1', port: secure, tls });
  const { port } = await serving(t, archive);
  const association = await associated(t, port, [plain(STUDY_MOVE)]);
  const keys = identifier('STUDY', { StudyInstanceUID: made!.studyInstanceUid });
  assert.equal((await move(association, STUDY_MOVE, keys, 'TARGET')).command.status, 0);
  assert(Buffer.from(target.instances.get(made!.sopInstanceUid)!.bytes).equals(made!.bytes));
});

test('a listener beside the plain one: the same door, counted together', { skip }, async (t) => {
  const { key, cert } = makeCertificate((cleanUp) => t.after(cleanUp));
  const beside = { host: '127.0.0.1', port: 0, tls: { key, cert } };
  const listener = await serving(t, new MemoryArchive(), { beside });
  const open = await associated(t, listener.port, contexts);
  const secure = await associated(t, listener.portBeside!, contexts, { tls: { ca: cert } });
  assert.deepEqual([await echo(open), await echo(secure)], [0, 0]);
  assert.equal(listener.associations, 2);
});

test('a peer that never answers our handshake is given up in time', { skip }, async (t) => {
  const silent = createServer().listen(0, '127.0.0.1');
  t.after(() => silent.close());
  const gone = once(silent, 'connection').then(async ([socket]) => once(socket.resume(), 'close'));
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const limits = { ...dimseLimits, connectMs: 50 };
  await assert.rejects(associated(t, port, contexts, { tls: {}, limits }), { code: 'dimse/peer-unreachable' });
  await gone;
});

test('who stays in the handshake keeps nobody out, and does not hold up a listener that closes', {
  skip,
}, async (t) => {
  const { key, cert } = makeCertificate((cleanUp) => t.after(cleanUp));
  const limits = { unassociatedConnections: 3 };
  const listener = await serving(t, new MemoryArchive(), { tls: { key, cert }, limits });
  const idle = Array.from({ length: 4 }, () => connect(listener.port, '127.0.0.1'));
  const ends = idle.map((socket) => once(socket.resume(), 'close'));
  await Promise.race(ends);
  const association = await associated(t, listener.port, contexts, { tls: { ca: cert } });
  assert.equal(await echo(association), 0);
  await association.release();
  await listener.close();
  await Promise.all(ends);
});
