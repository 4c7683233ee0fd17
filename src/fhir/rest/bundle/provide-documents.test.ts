import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { Bundle } from '@medplum/fhirtypes';
import { InvalidResource } from '../../issue.ts';
import { isProvideBundle, requireDocuments } from './provide-documents.ts';

const bytes = Buffer.from('a document');
const hash = createHash('sha1').update(bytes).digest('base64');

function provided(attachment: object = {}, lists = 1): Bundle {
  const list = {
    fullUrl: 'urn:oid:1.1',
    resource: { resourceType: 'List', code: { coding: [{ code: 'submissionset' }] } },
    request: { method: 'POST', url: 'List' },
  };
  return {
    resourceType: 'Bundle',
    meta: { profile: ['https://profiles.ihe.net/ITI/MHD/StructureDefinition/IHE.MHD.Minimal.ProvideBundle'] },
    type: 'transaction',
    entry: [
      ...Array.from({ length: lists }, () => list),
      {
        fullUrl: 'urn:oid:1.2',
        resource: {
          resourceType: 'DocumentReference',
          masterIdentifier: { value: 'urn:oid:1.9' },
          content: [{ attachment: { url: 'urn:oid:1.3', ...attachment } }],
        },
        request: { method: 'POST', url: 'DocumentReference' },
      },
      {
        fullUrl: 'urn:oid:1.3',
        resource: { resourceType: 'Binary', contentType: 'text/plain', data: bytes.toString('base64') },
        request: { method: 'POST', url: 'Binary' },
      },
    ],
  } as Bundle;
}

const refusal = (bundle: Bundle): string => {
  try {
    requireDocuments(bundle);
    return '';
  } catch (error) {
    assert.ok(error instanceof InvalidResource);
    return String(error.issues[0]!.diagnostics).split(':')[0]!;
  }
};

test('ITI-65: a Provide Document Bundle has one SubmissionSet and the documents that it speaks of', () => {
  assert.equal(isProvideBundle(provided()), true);
  assert.equal(isProvideBundle({ resourceType: 'Bundle', type: 'transaction' }), false);
  assert.equal(refusal(provided({ size: bytes.length, hash })), '');
  assert.equal(refusal(provided({}, 0)), 'XDSRepositoryMetadataError');
  assert.equal(refusal(provided({}, 2)), 'XDSRepositoryMetadataError');
  assert.equal(refusal(provided({ url: 'urn:oid:1.4' })), 'XDSMissingDocument');
});

test('ITI-65: a document of another size or hash than is said is refused', () => {
  assert.equal(refusal(provided({ size: bytes.length + 1 })), 'XDSNonIdenticalHash');
  assert.equal(
    refusal(provided({ hash: createHash('sha1').update('another').digest('base64') })),
    'XDSNonIdenticalHash',
  );
});
