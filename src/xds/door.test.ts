import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { fastify } from 'fastify';
import { fuzzRuns, fuzzSeed } from '../../test/support/fuzz-runs.ts';
import { makeInstance } from '../../test/support/instances.ts';
import { seeded } from '../../test/support/seeded.ts';
import { all, mtom, one, postSoap, readSoap, soapEnvelope } from '../../test/support/soap-peer.ts';
import { RAD69, rad69Request } from '../../test/support/xds-domain.ts';
import type { Log } from '../base/log.ts';
import { Problem } from '../base/problem.ts';
import type { RetrievableInstances } from '../dicomweb/handlers.ts';
import { registerXds } from './door.ts';
import type { XdsHandlers } from './handlers.ts';
import { limits } from './limits.ts';

const REPOSITORY = '1.2.3.4';
const made = makeInstance();
const syntax = made.transferSyntaxUid;

/** A door before one image, and what it logs. */
async function testDoor(t: TestContext, handlers: Partial<XdsHandlers> = {}) {
  const logged: string[] = [];
  const line = (fields: object, event: string): void => {
    logged.push(JSON.stringify({ ...fields, event }));
  };
  const log: Log = { debug: line, info: line, warn: line, error: line };
  const asked: string[][] = [];
  const app = fastify({ forceCloseConnections: true });
  const instance = {
    ...{ series: 0, transferSyntaxUid: syntax, sizeBytes: made.file.length },
    details: async () => ({ ...made, datasetOffset: 0 }),
    open: async function* () {
      yield Buffer.from(made.file);
    },
  };
  registerXds(app, {
    handlers: {
      authenticate: async () => 'somebody',
      isOurs: (_request, uid) => uid === REPOSITORY,
      async documents(_request, study, uids) {
        asked.push([study, ...uids]);
        return [instance] as unknown as RetrievableInstances;
      },
      ...handlers,
    },
    log,
  });
  const root = await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => {
    app.server.closeAllConnections();
    return app.close();
  });
  return { url: `${root}/xds/rad69`, logged, asked };
}

const request = rad69Request(REPOSITORY, [made], [syntax]);
const good = soapEnvelope(RAD69, request);

/** Of a fault: its codes, without their prefixes. */
function faultCodes({ envelope }: { envelope: Parameters<typeof one>[0] }): string[] {
  const [code] = one(envelope, 'Fault').children;
  assert.equal(code!.name, '{http://www.w3.org/2003/05/soap-envelope}Code');
  assert.ok(one(envelope, 'Reason').children[0]!.text.length > 0);
  return all(code!, 'Value').map(({ text }) => text.split(':')[1]!);
}

test('RAD-69 is answered to who asks by MTOM, and to who asks by SOAP alone', async (t) => {
  const { url, asked } = await testDoor(t);
  for (const isPlain of [false, true]) {
    const { status, envelope, parts } = await postSoap(url, good, { isPlain });
    assert.equal(status, 200);
    assert.equal(one(envelope, 'RelatesTo').text, one(readSoap('', Buffer.from(good)).envelope, 'MessageID').text);
    const [[id, { type, bytes }]] = [...parts] as [[string, { type: string; bytes: Buffer }]];
    assert.deepEqual([`cid:${id}`, type], [one(envelope, 'Include').attributes.href, 'application/dicom']);
    assert.deepEqual(bytes, Buffer.from(made.file));
  }
  assert.deepEqual(asked, Array(2).fill([made.studyInstanceUid, made.sopInstanceUid]));
});

test('SOAP 1.2 Part 1 5.4: what is no message gets a fault, and nobody is asked for images', async (t) => {
  const { url, asked } = await testDoor(t);
  const soap11 = good.replace('http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/');
  const header = (block: string) => soapEnvelope(RAD69, request, { headers: block });
  const security =
    '<o:Security xmlns:o="http://docs.oasis-open.org/wss" soapenv:mustUnderstand="true"><o:Assertion/></o:Security>';
  const deep = `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`;
  const entities =
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><x>&b;&f;</x>';
  const cases: [what: string, envelope: string, status: number, ...codes: string[]][] = [
    ['no XML', 'hello', 400, 'Sender'],
    ['nothing', '', 400, 'Sender'],
    ['a document type', entities, 400, 'Sender'],
    ['another SOAP', soap11, 500, 'VersionMismatch'],
    ['another document', '<Bundle xmlns="http://hl7.org/fhir"/>', 500, 'VersionMismatch'],
    ['no body', good.replace(/<soapenv:Body>.*<\/soapenv:Body>/, ''), 400, 'Sender'],
    ['two in a body', good.replace('</soapenv:Body>', '<more/></soapenv:Body>'), 400, 'Sender'],
    ['an element without its end', good.slice(0, -3), 400, 'Sender'],
    ['a prefix of nowhere', good.replaceAll('xmlns:i=', 'xmlns:j='), 400, 'Sender'],
    ['deep', soapEnvelope(RAD69, deep), 400, 'Sender'],
    ['a header that must be understood', header(security), 500, 'MustUnderstand'],
    [
      'another action',
      soapEnvelope('urn:ihe:iti:2007:RetrieveDocumentSet', request),
      400,
      'Sender',
      'ActionNotSupported',
    ],
    ['no action', good.replace(/<a:Action.*<\/a:Action>/, ''), 400, 'Sender', 'InvalidAddressingHeader'],
    [
      'an answer wanted elsewhere',
      header('<a:ReplyTo><a:Address>http://169.254.169.254/</a:Address></a:ReplyTo>'),
      ...([400, 'Sender', 'InvalidAddressingHeader'] as const),
    ],
    [
      'another request',
      soapEnvelope(RAD69, '<x:RetrieveDocumentSetRequest xmlns:x="urn:ihe:iti:xds-b:2007"/>'),
      400,
      'Sender',
    ],
    ['no document', soapEnvelope(RAD69, rad69Request(REPOSITORY, [], [syntax])), 400, 'Sender'],
    ['no transfer syntax', soapEnvelope(RAD69, rad69Request(REPOSITORY, [made], [])), 400, 'Sender'],
    [
      'a UID that is none',
      soapEnvelope(RAD69, rad69Request(REPOSITORY, [{ ...made, sopInstanceUid: "1' or 1" }], [syntax])),
      400,
      'Sender',
    ],
  ];
  for (const [what, envelope, status, ...codes] of cases) {
    for (const isPlain of [false, true]) {
      const answer = await postSoap(url, envelope, { isPlain });
      assert.deepEqual([answer.status, ...faultCodes(answer)], [status, ...codes], what);
      assert.match(answer.contentType, /^application\/soap\+xml/);
    }
  }
  assert.deepEqual(asked, []);
});

test('SOAP 1.2 Part 1 5.4.8: the header that was not understood is named; what is for another role is not ours', async (t) => {
  const { url } = await testDoor(t);
  const block = (role: string) =>
    soapEnvelope(RAD69, request, { headers: `<q:Strange xmlns:q="urn:q" soapenv:mustUnderstand="1"${role}/>` });
  const refused = await postSoap(url, block(''));
  assert.match(one(refused.envelope, 'NotUnderstood').attributes.qname!, /^\w+:Strange$/);
  assert.deepEqual(
    faultCodes(await postSoap(url, block(' soapenv:role="http://www.w3.org/2003/05/soap-envelope/role/next"'))),
    ['MustUnderstand'],
  );
  assert.equal((await postSoap(url, block(' soapenv:role="urn:somebody:else"'))).status, 200);
});

test('a body that is none of SOAP, of another character set, too large or cut short is refused in the same words', async (t) => {
  const { url } = await testDoor(t);
  const { type, body } = mtom(good);
  const post = async (contentType: string, bytes: Uint8Array | string) => {
    const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': contentType }, body: bytes });
    return [
      answer.status,
      ...faultCodes(readSoap(answer.headers.get('content-type')!, Buffer.from(await answer.arrayBuffer()))),
    ];
  };
  assert.deepEqual(await post('text/xml', good), [415, 'Sender']);
  assert.deepEqual(await post('multipart/related; type="application/dicom"; boundary=B', body), [415, 'Sender']);
  assert.deepEqual(await post('application/soap+xml; charset=utf-16', Buffer.from(good, 'utf16le')), [415, 'Sender']);
  assert.deepEqual(await post('application/soap+xml', Buffer.from(good.replace('urn:uuid', '\xff\xfe'), 'latin1')), [
    400,
    'Sender',
  ]);
  assert.deepEqual(await post(type, body.subarray(0, -20)), [400, 'Sender']);
  assert.deepEqual(await post('application/soap+xml', Buffer.alloc(limits.requestBytes + 1, 0x20)), [413, 'Sender']);
  const beside = mtom(good, { 'a@b': Buffer.alloc(limits.requestBytes) });
  assert.deepEqual(await post(beside.type, beside.body), [413, 'Sender']);
  const many = Array(limits.transferSyntaxes + 1).fill(syntax);
  assert.deepEqual(await post('application/soap+xml', soapEnvelope(RAD69, rad69Request(REPOSITORY, [made], many))), [
    413,
    'Sender',
  ]);
  const got = await fetch(url);
  assert.deepEqual([got.status, got.headers.get('allow')], [405, 'POST']);
});

test('nothing of a message is read of who is not let in, and who may not is told so', async (t) => {
  const stranger = await testDoor(t, {
    authenticate: async () => {
      throw new Problem('auth/unauthenticated', { reason: 'none was given' });
    },
  });
  const refused = await postSoap(stranger.url, 'no message at all');
  assert.deepEqual([refused.status, ...faultCodes(refused)], [401, 'Sender']);
  assert.match(refused.headers.get('www-authenticate')!, /^Bearer/);
  const forbidden = await testDoor(t, {
    documents: async () => {
      throw new Problem('auth/forbidden', { action: 'retrieve' });
    },
  });
  const answer = await postSoap(forbidden.url, good);
  assert.deepEqual([answer.status, ...faultCodes(answer)], [403, 'Sender']);
});

test('a failure of ours is a Receiver’s, without its reason; an answer that cannot go on is broken off', async (t) => {
  const failing = await testDoor(t, {
    documents: async () => {
      throw new Error('the secret of Quimbley');
    },
  });
  const { status, envelope, ...answer } = await postSoap(failing.url, good);
  assert.deepEqual([status, ...faultCodes({ envelope })], [500, 'Receiver']);
  assert.doesNotMatch(JSON.stringify([envelope, answer]), /Quimbley/);
  const breaking = await testDoor(t, {
    documents: async () =>
      [
        {
          ...{ series: 0, transferSyntaxUid: syntax, details: async () => ({ ...made, datasetOffset: 0 }) },
          open: async function* () {
            yield Buffer.from(made.file.subarray(0, 100));
            throw new Error('the disk is gone');
          },
        },
      ] as unknown as RetrievableInstances,
  });
  await assert.rejects(postSoap(breaking.url, good));
});

test('mutated messages: whatever is sent, the answer is a message', async (t) => {
  const { url, logged } = await testDoor(t);
  const random = seeded(fuzzSeed);
  const inputs = [Buffer.from(good), mtom(good, { 'x@y': Buffer.from('bytes') }).body];
  const { type } = mtom(good);
  for (let run = 0; run < fuzzRuns(300); run++) {
    const isPlain = random(2) === 0;
    let bytes = Buffer.from(inputs[isPlain ? 0 : 1]!);
    for (let change = random(8); change >= 0; change--) {
      const [at, length] = [random(bytes.length), random(40)];
      const kinds = [
        () => bytes.fill(random(256), at, at + 1),
        () => (bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)])),
        () => (bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)])),
      ];
      kinds[random(kinds.length)]!();
    }
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': isPlain ? 'application/soap+xml' : type },
      body: bytes,
    });
    const told = readSoap(answer.headers.get('content-type')!, Buffer.from(await answer.arrayBuffer()));
    const isAnswered = answer.status === 200;
    assert.equal(
      all(told.envelope, isAnswered ? 'RegistryResponse' : 'Fault').length,
      1,
      `seed ${fuzzSeed}, run ${run}`,
    );
  }
  assert.ok(
    !logged.some((line) => line.includes('request failed')),
    logged.find((line) => line.includes('request failed')),
  );
});
