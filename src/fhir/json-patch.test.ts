import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../base/problem.ts';
import { type JsonValue, parseJsonValue } from './json.ts';
import { applyJsonPatch, limits } from './json-patch.ts';

const patched = (target: JsonValue, ...patch: JsonValue[]): JsonValue => applyJsonPatch(target, patch);
const refused = (target: JsonValue, ...patch: JsonValue[]): string => {
  try {
    return JSON.stringify(patched(target, ...patch));
  } catch (error) {
    return (error as Problem).code;
  }
};

test('RFC 6902 Appendix A: its examples', () => {
  assert.deepEqual(patched({ foo: 'bar' }, { op: 'add', path: '/baz', value: 'qux' }), { foo: 'bar', baz: 'qux' });
  assert.deepEqual(patched({ foo: ['bar', 'baz'] }, { op: 'add', path: '/foo/1', value: 'qux' }), {
    foo: ['bar', 'qux', 'baz'],
  });
  assert.deepEqual(patched({ baz: 'qux', foo: 'bar' }, { op: 'remove', path: '/baz' }), { foo: 'bar' });
  assert.deepEqual(patched({ foo: ['a', 'b', 'c'] }, { op: 'remove', path: '/foo/1' }), { foo: ['a', 'c'] });
  assert.deepEqual(patched({ baz: 'qux' }, { op: 'replace', path: '/baz', value: 'boo' }), { baz: 'boo' });
  const waldo = { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } };
  assert.deepEqual(patched(waldo, { op: 'move', from: '/foo/waldo', path: '/qux/thud' }), {
    foo: { bar: 'baz' },
    qux: { corge: 'grault', thud: 'fred' },
  });
  const eat = { foo: ['all', 'grass', 'cows', 'eat'] };
  assert.deepEqual(patched(eat, { op: 'move', from: '/foo/1', path: '/foo/3' }), {
    foo: ['all', 'cows', 'eat', 'grass'],
  });
  assert.deepEqual(
    patched({ 'a/b': 1, 'm~n': 2 }, { op: 'test', path: '/a~1b', value: 1 }, { op: 'remove', path: '/m~0n' }),
    { 'a/b': 1 },
  );
  assert.deepEqual(patched({ foo: ['bar'] }, { op: 'add', path: '/foo/-', value: ['abc', 'def'] }), {
    foo: ['bar', ['abc', 'def']],
  });
  assert.deepEqual(patched({ a: { b: 1 } }, { op: 'copy', from: '/a', path: '/c' }), { a: { b: 1 }, c: { b: 1 } });
});

test('RFC 6902 5: what cannot be done is unprocessable, what is no patch malformed', () => {
  const target = { foo: { bar: ['a'] } };
  const unprocessable = [
    { op: 'test', path: '/foo/bar/0', value: 'b' },
    { op: 'remove', path: '/nothing' },
    { op: 'replace', path: '/foo/nothing', value: 1 },
    { op: 'add', path: '/a/b', value: 1 },
    { op: 'add', path: '/foo/bar/2', value: 1 },
    { op: 'add', path: '/foo/bar/01', value: 1 },
    { op: 'move', from: '/foo', path: '/foo/bar/0' },
    { op: 'remove', path: '' },
    { op: 'remove', path: '/constructor' },
    { op: 'copy', from: '/__proto__', path: '/x' },
  ];
  for (const operation of unprocessable)
    assert.equal(refused(target, operation), 'fhir/unprocessable', JSON.stringify(operation));
  const malformed = [
    { op: 'none', path: '' },
    { op: 'add', path: '/x' },
    { op: 'add', path: 'x', value: 1 },
    { path: '/x' },
    'add',
  ];
  for (const operation of malformed)
    assert.equal(refused(target, operation), 'request/malformed', JSON.stringify(operation));
  assert.throws(() => applyJsonPatch(target, { op: 'add' }), Problem);
  const many = Array(limits.operations + 1).fill({ op: 'test', path: '/foo/bar/0', value: 'a' });
  assert.equal(refused(target, ...many), 'request/too-large');
});

test('R4 datatypes: a decimal that was not patched keeps its text, and equals one that is the same number', () => {
  const target = parseJsonValue('{"value":1.50,"unit":"mm"}');
  const made = patched(
    target,
    { op: 'test', path: '/value', value: 1.5 },
    { op: 'replace', path: '/unit', value: 'cm' },
  );
  assert.equal(JSON.stringify(made), '{"value":1.50,"unit":"cm"}');
});

test('R4 json: no array is left empty', () => {
  assert.deepEqual(patched({ name: [{ given: ['A'] }] }, { op: 'remove', path: '/name/0/given/0' }), { name: [{}] });
});

test('no object gets another prototype from a patch', () => {
  const made = patched({ a: 1 }, { op: 'add', path: '/__proto__', value: { polluted: true } }) as object;
  assert.equal((made as { polluted?: boolean }).polluted, undefined);
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});

/** No empty arrays: a patch leaves none. */
const value = fc.letrec<{ value: JsonValue; array: JsonValue[]; object: { [name: string]: JsonValue } }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.boolean(), tie('array'), tie('object')),
  array: fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
  object: fc.dictionary(fc.string({ maxLength: 4 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).value;
const name = fc.string({ maxLength: 4 }).filter((text) => text !== '__proto__');
const pointerTo = (text: string): string => `/${text.replaceAll('~', '~0').replaceAll('/', '~1')}`;

test('law: what was added is there, and taking it away again changes nothing; the target never changes', () => {
  fc.assert(
    fc.property(
      fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true }),
      name,
      value,
      (target, key, added) => {
        fc.pre(!Object.hasOwn(target, key));
        const before = structuredClone(target);
        const path = pointerTo(key);
        const made = patched(target, { op: 'add', path, value: added }, { op: 'test', path, value: added });
        assert.deepEqual(patched(made, { op: 'remove', path }), before);
        assert.deepEqual(target, before);
      },
    ),
  );
});
