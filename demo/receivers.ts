// The hospital's other systems, as far as this story needs them: a RIS that takes HL7 v2, an EHR that takes FHIR, a PACS that
// takes DICOM. Each keeps what it is sent.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DiagnosticReport } from '@medplum/fhirtypes';
import { readResource } from '../src/fhir/resource.ts';
import { acknowledge } from '../src/hl7v2/acknowledgement.ts';
import { listenMllp } from '../src/hl7v2/mllp/listener.ts';
import { systemAnswering } from '../src/hl7v2/mllp/served-connection.ts';
import { readMessage } from '../src/hl7v2/reader.ts';
import { destination, type Received } from '../test/support/peer.ts';

export interface Receivers {
  ris: { port: number; messages: string[] };
  ehr: { port: number; reports: DiagnosticReport[] };
  pacs: { port: number; received: Received[] };
}

export async function openReceivers(later: (cleanUp: () => Promise<void>) => void): Promise<Receivers> {
  const messages: string[] = [];
  const ris = await listenMllp({
    host: '127.0.0.1',
    port: 0,
    handler: async (bytes: Uint8Array) => {
      messages.push(new TextDecoder().decode(bytes));
      return [acknowledge(readMessage(bytes), 'AA', {}, systemAnswering).bytes];
    },
  });
  later(() => ris.close());
  const reports: DiagnosticReport[] = [];
  const ehr = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request)).toString();
    reports.push(readResource(body, 'json') as DiagnosticReport);
    response.writeHead(200, { 'Content-Location': `${request.url?.split('?')[0]}/1/_history/${reports.length}` }).end();
  });
  await new Promise<void>((resolve) => ehr.listen(0, '127.0.0.1', resolve));
  later(async () => {
    ehr.closeAllConnections();
    await new Promise((resolve) => ehr.close(resolve));
  });
  const pacs = await destination('PACS');
  later(() => pacs.listener.close());
  return {
    ris: { port: ris.port, messages },
    ehr: { port: (ehr.address() as AddressInfo).port, reports },
    pacs: { port: pacs.listener.port, received: pacs.received },
  };
}
