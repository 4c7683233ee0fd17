import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

/** Reads rules and decides where nothing of Node is to be had but its module loader. */
const script = `
  const say = console.log;
  const here = process.argv[1];
  const from = (name) => import(new URL(name, here));
  delete globalThis.Buffer;
  delete globalThis.process;
  const { readRules } = await from('./rule-set.ts');
  const { explain } = await from('./explain.ts');
  const { headCt } = await from('./testing/studies.ts');
  const yaml = 'zone: Europe/Berlin\\nrules: [{name: a, when: order.priority == "STAT", do: {send: ARCHIVE}}]';
  const { decision } = explain(readRules(yaml, { version: '1' }), headCt(), { at: new Date() });
  say(decision.deliveries[0].destination);
`;

test('rules are read, decided and explained where there is no Buffer and no process, as in a browser', () => {
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script, import.meta.url], {
    encoding: 'utf8',
  });
  assert.equal(said.trim(), 'ARCHIVE');
});
