// RAD-69 asked by a SOAP client of others: Zeep makes the messages and reads the answers by a WSDL as IHE publishes it, with
// the parts of its schemas that the transaction has.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { EXPLICIT_VR_LITTLE_ENDIAN } from '../../src/dicom/transfer-syntax.ts';
import { stow } from '../support/dicomweb.ts';
import { emptyFolder } from '../support/folder.ts';
import { makeStudy } from '../support/instances.ts';
import { openDoors, startNodeProcess } from '../support/node-process.ts';

/** Debian's own first: its packages are of that alone. */
const interpreter = ['/usr/bin/python3', 'python3'].find((each) => spawnSync(each, ['-c', 'import zeep']).status === 0);
const skip = interpreter ? false : 'skipped: zeep not found (apt-get install python3-zeep)';

const schema = (namespace: string, content: string, more = ''): string =>
  `<xsd:schema targetNamespace="${namespace}" elementFormDefault="qualified" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    xmlns:x="urn:ihe:iti:xds-b:2007" xmlns:i="urn:ihe:rad:xdsi-b:2009" xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0">
    ${more}${content}</xsd:schema>`;
const element = (name: string, type: string, occurs = ''): string =>
  `<xsd:element name="${name}" type="${type}" ${occurs}/>`;
const complex = (content: string): string => `<xsd:complexType>${content}</xsd:complexType>`;
const sequence = (...content: string[]): string => `<xsd:sequence>${content.join('')}</xsd:sequence>`;
const named = (name: string, content: string, occurs = ''): string =>
  `<xsd:element name="${name}" ${occurs}>${complex(content)}</xsd:element>`;
const attribute = (name: string): string => `<xsd:attribute name="${name}" type="xsd:string"/>`;
const many = 'minOccurs="0" maxOccurs="unbounded"';
const importing = (namespace: string): string => `<xsd:import namespace="${namespace}"/>`;

const errors = named(
  'RegistryError',
  ['errorCode', 'codeContext', 'severity', 'location'].map(attribute).join(''),
  many,
);
const registry = schema(
  'urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0',
  named(
    'RegistryResponse',
    sequence(named('RegistryErrorList', sequence(errors) + attribute('highestSeverity'), 'minOccurs="0"')) +
      attribute('status'),
  ),
);
const request = ['HomeCommunityId', 'RepositoryUniqueId', 'DocumentUniqueId'].map((name) =>
  element(name, 'xsd:string', name === 'HomeCommunityId' ? 'minOccurs="0"' : ''),
);
const documents = schema(
  'urn:ihe:iti:xds-b:2007',
  named('DocumentRequest', sequence(...request)) +
    named(
      'RetrieveDocumentSetResponse',
      sequence(
        '<xsd:element ref="rs:RegistryResponse"/>',
        named(
          'DocumentResponse',
          sequence(...request, element('mimeType', 'xsd:string'), element('Document', 'xsd:base64Binary')),
          many,
        ),
      ),
    ),
  importing('urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0'),
);
const imaging = schema(
  'urn:ihe:rad:xdsi-b:2009',
  named(
    'RetrieveImagingDocumentSetRequest',
    sequence(
      named(
        'StudyRequest',
        sequence(
          named(
            'SeriesRequest',
            sequence(`<xsd:element ref="x:DocumentRequest" ${many}/>`) + attribute('seriesInstanceUID'),
            many,
          ),
        ) + attribute('studyInstanceUID'),
        many,
      ),
      named('TransferSyntaxUIDList', sequence(element('TransferSyntaxUID', 'xsd:string', many))),
    ),
  ),
  importing('urn:ihe:iti:xds-b:2007'),
);

const wsdl = (location: string): string => `<?xml version="1.0"?>
<definitions name="ImagingDocumentSource" targetNamespace="urn:ihe:rad:xdsi-b:2009" xmlns="http://schemas.xmlsoap.org/wsdl/"
  xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl"
  xmlns:tns="urn:ihe:rad:xdsi-b:2009" xmlns:ihe="urn:ihe:iti:xds-b:2007">
  <types>${registry}${documents}${imaging}</types>
  <message name="Request"><part name="body" element="tns:RetrieveImagingDocumentSetRequest"/></message>
  <message name="Response"><part name="body" element="ihe:RetrieveDocumentSetResponse"/></message>
  <portType name="PortType"><operation name="RetrieveImagingDocumentSet">
    <input message="tns:Request" wsaw:Action="urn:ihe:rad:2009:RetrieveImagingDocumentSet"/>
    <output message="tns:Response" wsaw:Action="urn:ihe:iti:2007:RetrieveDocumentSetResponse"/>
  </operation></portType>
  <binding name="Binding" type="tns:PortType">
    <soap12:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="RetrieveImagingDocumentSet"><soap12:operation soapActionRequired="false"/>
      <input><soap12:body use="literal"/></input><output><soap12:body use="literal"/></output></operation>
  </binding>
  <service name="Service"><port name="Port" binding="tns:Binding"><soap12:address location="${location}"/></port></service>
</definitions>`;

const program = `
import hashlib, json, sys
import zeep
told = json.load(sys.stdin)
client = zeep.Client(told['wsdl'])
def ask(documents):
    answer = client.service.RetrieveImagingDocumentSet(
        StudyRequest=[{'studyInstanceUID': d['study'], 'SeriesRequest': [{'seriesInstanceUID': d['series'],
            'DocumentRequest': [{'RepositoryUniqueId': told['repository'], 'DocumentUniqueId': d['uid']}]}]} for d in documents],
        TransferSyntaxUIDList={'TransferSyntaxUID': [told['syntax']]})
    response = answer.RegistryResponse
    errors = response.RegistryErrorList.RegistryError if response.RegistryErrorList else []
    return {'status': response.status.split(':')[-1], 'errors': [[e.errorCode, e.location] for e in errors],
        'documents': sorted([d.DocumentUniqueId, d.mimeType, hashlib.sha256(d.Document).hexdigest()] for d in answer.DocumentResponse)}
fault = None
try:
    ask([{'study': 'no UID', 'series': '1.2', 'uid': '1.2'}])
except zeep.exceptions.Fault as thrown:
    fault = [thrown.code.split(':')[-1], thrown.message]
print(json.dumps({'all': ask(told['documents']), 'none': ask([{'study': '1.2', 'series': '1.2', 'uid': '1.2'}]), 'fault': fault}))
`;

test('IHE RAD-69: Zeep is given the images that it asks for, and reads errors and faults', { skip }, async (t) => {
  const location = '1.2.826.0.1.3680043.10.9999.8';
  const environment = { ...openDoors, FASCIA_LOCATION_UID: location };
  const fascia = await startNodeProcess((cleanUp) => t.after(cleanUp), { environment });
  const made = makeStudy(2, 4);
  await stow(
    fascia.url,
    made.map(({ file }) => file),
  );
  const path = join(
    emptyFolder((cleanUp) => t.after(cleanUp)),
    'source.wsdl',
  );
  writeFileSync(path, wsdl(`${fascia.url}/xds/rad69`));
  const python = spawn(interpreter!, ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  python.stdin.end(
    JSON.stringify({
      ...{ wsdl: path, repository: location, syntax: EXPLICIT_VR_LITTLE_ENDIAN },
      documents: made.map(({ studyInstanceUid: study, seriesInstanceUid: series, sopInstanceUid: uid }) => ({
        study,
        series,
        uid,
      })),
    }),
  );
  const told = JSON.parse(await text(python.stdout));
  const wanted = made.map(({ sopInstanceUid, file }) => [
    ...[sopInstanceUid, 'application/dicom'],
    createHash('sha256').update(file).digest('hex'),
  ]);
  assert.deepEqual(told.all, { status: 'Success', errors: [], documents: wanted.sort() });
  assert.deepEqual(told.none, { status: 'Failure', errors: [['XDSDocumentUniqueIdError', '1.2']], documents: [] });
  assert.deepEqual(told.fault, ['Sender', 'studyInstanceUID is no UID']);
});
