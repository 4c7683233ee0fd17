import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { caseCode, readCaseCode } from './case-code.ts';

const codes = fc.uint8Array({ minLength: 8, maxLength: 8 }).map(caseCode);
const typed = '123456789BCDFGHJKMNPQRSTVWXYZ';

describe('the code of a case', () => {
  test('is read back however it is grouped, and in small letters', () => {
    fc.assert(
      fc.property(codes, (code) => {
        assert.match(code, /^[1-9B-DF-HJKMNP-TV-Z]{4}-[1-9B-DF-HJKMNP-TV-Z]{4}$/);
        for (const said of [code, code.toLowerCase(), code.replace('-', ''), [...code].join(' ')]) {
          assert.equal(readCaseCode(said), code);
        }
      }),
    );
  });

  test('one wrong character is found, wherever it is', () => {
    fc.assert(
      fc.property(codes, fc.nat(7), fc.constantFrom(...typed), (code, at, wrong) => {
        const text = code.replace('-', '');
        fc.pre(text[at] !== wrong);
        assert.equal(readCaseCode(text.slice(0, at) + wrong + text.slice(at + 1)), undefined);
      }),
    );
  });

  test('two characters that changed places are found, wherever they are', () => {
    fc.assert(
      fc.property(codes, fc.nat(7), fc.nat(7), (code, one, other) => {
        const text = [...code.replace('-', '')];
        fc.pre(text[one] !== text[other]);
        [text[one], text[other]] = [text[other]!, text[one]!];
        assert.equal(readCaseCode(text.join('')), undefined);
      }),
    );
  });

  test('what is no code is none', () => {
    for (const said of ['', '4KTM', 'PATIENT-7', '0000-0000', '4KTM-9QX2-1'])
      assert.equal(readCaseCode(said), undefined);
  });
});
