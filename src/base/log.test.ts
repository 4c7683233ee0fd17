import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LogFields, openLog } from './log.ts';
import { Problem } from './problem.ts';

function linesOf(write: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const written: string[] = [];
  write(openLog({ level: 'info', to: { write: (line: string) => void written.push(line) } }));
  return written.map((line) => JSON.parse(line));
}

test('a log line holds the fields of the table and no others', () => {
  const fields = { aeTitle: 'CT1', sizeBytes: 12, patientName: 'DOE^JOHN' } as LogFields;
  const [line] = linesOf((log) => log.info(fields, 'association accepted'));
  assert.equal(line!.event, 'association accepted');
  assert.equal(line!.aeTitle, 'CT1');
  assert.equal(line!.sizeBytes, 12);
  assert.ok(!JSON.stringify(line).includes('DOE'));
});

test('the message of an unexpected error is not logged, since it may quote a value; its place in the source is', () => {
  const [line] = linesOf((log) => log.error({ error: new TypeError('cannot read DOE^JOHN') }, 'request failed'));
  assert.ok(!JSON.stringify(line).includes('DOE'));
  const error = line!.error as { name: string; stack: string[] };
  assert.equal(error.name, 'TypeError');
  assert.match(error.stack[0]!, /log\.test\.ts/);
});

test('a Problem is logged with its sentence and its cause', () => {
  const problem = new Problem('storage/full', { sizeBytes: 7 }, Object.assign(new Error('x'), { code: 'ENOSPC' }));
  const [line] = linesOf((log) => log.error({ error: problem }, 'store failed'));
  const error = line!.error as { text: string; cause: { code: string } };
  assert.equal(error.text, 'no room for 7 bytes');
  assert.equal(error.cause.code, 'ENOSPC');
});
