import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../base/problem.ts';
import { type PdqQuery, readQuery } from './query.ts';
import { respond } from './query-response.ts';
import { readMessage } from './reader.ts';

const answering = { controlId: () => 'F1', now: () => '2026-11-23T04:05:06.789Z' };
const qbp = (event: string, qpd: string, rest = 'RCP|I\r', charset = '') =>
  readMessage(
    new TextEncoder().encode(
      `MSH|^~\\&|PAS|HOSP|MPI|HUB|20261123||QBP^${event}^QBP_Q21|9|P|2.5||||||${charset}\r${qpd}\r${rest}`,
    ),
  );
const pix = qbp('Q23', 'QPD|IHE PIX Query|T1|77^^^RIS&1.2.3&ISO^PI|^^^PAS~^^^&1.2.4&ISO');
const code = (act: () => unknown) => {
  try {
    act();
  } catch (thrown) {
    return thrown instanceof Problem ? thrown.code : thrown;
  }
  return undefined;
};

test('ITI-9: a PIX query is an identifier and the authorities that are asked for', () => {
  const query = readQuery(pix);
  assert.ok(query.kind === 'pix');
  assert.deepEqual([query.patient.id, query.patient.assigningAuthority?.universalId], ['77', '1.2.3']);
  assert.deepEqual(
    query.domains.map(({ namespaceId, universalId }) => namespaceId || universalId),
    ['PAS', '1.2.4'],
  );
  assert.equal(
    code(() => readQuery(qbp('Q23', 'QPD|IHE PIX Query|RB-469'))),
    'hl7/missing-field',
  );
  assert.equal(
    code(() => readQuery(qbp('Q99', 'QPD|x|1|7'))),
    'hl7/unsupported-event',
  );
});

test('ITI-9: the answer is RSP^K23 with the identifiers and no name', () => {
  const patients = [
    {
      identifiers: [
        {
          id: '8',
          assigningAuthority: { namespaceId: 'PAS', universalId: '', universalIdType: '' },
          identifierTypeCode: 'PI',
        },
      ],
    },
  ];
  assert.equal(
    respond(pix, { outcome: 'found', patients }, answering).text,
    [
      'MSH|^~\\&|MPI|HUB|PAS|HOSP|20261123040506.789+0000||RSP^K23^RSP_K23|F1|P|2.5',
      'MSA|AA|9',
      'QAK|T1|OK|IHE PIX Query|1',
      'QPD|IHE PIX Query|T1|77^^^RIS&1.2.3&ISO^PI|^^^PAS~^^^&1.2.4&ISO',
      'PID|||8^^^PAS^PI||~^^^^^^S',
      '',
    ].join('\r'),
  );
});

test('ITI-9: nothing elsewhere is NF, an unknown patient or authority an error that points to it', () => {
  const line = (answer: Parameters<typeof respond>[1], name: string) =>
    respond(pix, answer, answering).segment(name)?.raw;
  assert.equal(line({ outcome: 'found', patients: [] }, 'QAK'), 'QAK|T1|NF|IHE PIX Query|0');
  assert.match(line({ outcome: 'unknown', what: 'patient' }, 'ERR')!, /^ERR\|\|QPD\^1\^3\^1\^1\|204\^/);
  assert.match(line({ outcome: 'unknown', what: 'authority' }, 'ERR')!, /^ERR\|\|QPD\^1\^3\^1\^4\|204\^/);
  assert.match(line({ outcome: 'unknown', what: 'domain', repetition: 2 }, 'ERR')!, /^ERR\|\|QPD\^1\^4\^2\|204\^/);
  assert.equal(line({ outcome: 'unknown', what: 'patient' }, 'MSA'), 'MSA|AE|9');
  assert.equal(line({ outcome: 'unknown', what: 'patient' }, 'QAK'), 'QAK|T1|AE|IHE PIX Query|0');
});

test('ITI-21: a demographics query is values by the field of PID they are about', () => {
  const query = readQuery(
    qbp(
      'Q22',
      'QPD|IHE PDQ Query|T2|@PID.5.1.1^Ž*~@PID.7^19420815~@XXX^1~@PID.8^|||||^^^PAS',
      'RCP|I|10^RD\rDSC|P2|I\r',
    ),
  ) as PdqQuery;
  assert.deepEqual(query.parameters, [
    { field: 'PID.5.1.1', value: 'Ž*' },
    { field: 'PID.7', value: '19420815' },
  ]);
  assert.deepEqual([query.quantity, query.continuation, query.domains.length], [10, 'P2', 1]);
});

test('ITI-21: the answer has a PID for each patient, in a character set that can say the names', () => {
  const query = qbp('Q22', 'QPD|IHE PDQ Query|T2|@PID.5.1^Z*', 'RCP|I\r', '8859/1');
  const patient = {
    identifiers: [{ id: '8', identifierTypeCode: '' }],
    names: [{ familyName: 'Žižka', givenName: 'Jan' }],
    birthDate: '13600101',
    sex: 'M',
    confidence: 97.4,
  };
  const answer = respond(query, { outcome: 'found', patients: [patient, patient], continuation: 'P2' }, answering);
  const read = readMessage(answer.bytes);
  assert.deepEqual(read.findings, []);
  assert.equal(read.segment('MSH')!.field(18), 'UNICODE UTF-8');
  assert.deepEqual(
    read.all('PID').map((pid) => [pid.text(1), pid.text(5), pid.text(7), pid.text(8)]),
    [
      ['1', 'Žižka', '13600101', 'M'],
      ['2', 'Žižka', '13600101', 'M'],
    ],
  );
  assert.equal(read.segment('QRI')!.text(1), '97');
  assert.equal(read.segment('DSC')!.text(1), 'P2');
});
