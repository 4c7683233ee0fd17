import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePersonName } from '../../dicom/person-name.ts';
import { messageFaults, noticeMessage } from './hl7-notice.ts';
import type { StudyNotice } from './study-notice.ts';

const notice: StudyNotice = {
  id: '5.17',
  at: new Date('2026-11-23T08:15:00.000Z'),
  facts: {
    tenant: 'default',
    study: { uid: '1.2.3', description: 'Kopf & Hals|nativ', modalities: ['CT', 'SR'], date: '2026-11-23', series: [] },
    person: { patientId: 'P1' },
    order: { known: false },
  },
  patient: { name: parsePersonName('Yamada^Tarou=山田^太郎=やまだ^たろう'), birthDate: '19610307' },
  instances: [],
};
const header = 'MSH|^~\\&|A|B|||{message.time}||ORU^R01|{message.id}|P|2.5.1';

test('facts stand in fields escaped, lists as repetitions, dates as HL7 has them, names in each of their scripts', () => {
  const template = `${header}\nOBR|{study.description}|{study.modalities}|{study.date}|{order.known}\nPID|{patient.name}`;
  assert.deepEqual(
    noticeMessage(notice, {}, template).segments.map(({ raw }) => raw),
    [
      'MSH|^~\\&|A|B|||20261123081500.000+0000||ORU^R01|5.17|P|2.5.1',
      'OBR|Kopf \\T\\ Hals\\F\\nativ|CT~SR|20261123|N',
      'PID|Yamada^Tarou^^^^^L^A~山田^太郎^^^^^L^I~やまだ^たろう^^^^^L^P',
    ],
  );
});

test('a segment of whose facts none is known is left out; one without facts stays', () => {
  const template = `${header}\nPV1||{order.patientClass}\nOBX|1|{order.reason}|{study.uid}\nNTE|1||sent by us`;
  assert.deepEqual(
    noticeMessage(notice, {}, template)
      .segments.slice(1)
      .map(({ raw }) => raw),
    ['OBX|1||1.2.3', 'NTE|1||sent by us'],
  );
});

test('a message that no receiver could tell from another, or that asks for facts that there are not, is refused', () => {
  assert.deepEqual(messageFaults(header), []);
  assert.deepEqual(messageFaults('PID|1'), ['the first segment is not MSH|^~\\&|']);
  assert.deepEqual(messageFaults(header.replace('{message.id}', '1')), ['MSH-10 is not {message.id}']);
  assert.deepEqual(messageFaults(`${header}\nPID|{patient.nam}\nhello`), [
    'no segment: hello',
    'no fact {patient.nam}',
  ]);
});
