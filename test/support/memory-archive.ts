// An archive in memory behind the DIMSE door, for tests of the door: every handler as `server/` offers it, on a map.

import { randomBytes } from 'node:crypto';
import { Problem } from '../../src/base/problem.ts';
import type { DataSet } from '../../src/dicom/dataset.ts';
import { jsonText } from '../../src/dicom/json.ts';
import { matches } from '../../src/dicom/match.ts';
import type { AnswerForm, Query } from '../../src/dicom/query.ts';
import { readDicom } from '../../src/dicom/reader.ts';
import { isStorageSopClass } from '../../src/dicom/sop-class.ts';
import { newUid } from '../../src/dicom/uid.ts';
import type { Destination, DimseHandlers, SendableInstance, StoreRequest } from '../../src/dimse/handlers.ts';
import { uniqueKeys } from '../../src/dimse/services.ts';

interface Kept extends StoreRequest {
  bytes: Uint8Array;
  dataset: DataSet;
}

export class MemoryArchive implements DimseHandlers {
  readonly instances = new Map<string, Kept>();
  readonly destinations = new Map<string, Destination>();
  /** Bytes of one chunk of an instance on its way out. */
  chunkBytes = 65_536;
  /** Reasons why receptions were given up. */
  readonly aborted: string[] = [];
  readonly queries: Query[] = [];
  /** Storage commitments by Transaction UID, and how they ended. */
  readonly transactions = new Map<string, 'waiting' | 'reported' | 'given up'>();

  admit: DimseHandlers['admit'] = async () => ({ principal: 'anybody' });
  storesSopClass: DimseHandlers['storesSopClass'] = (_, uid) => isStorageSopClass(uid);
  echo: DimseHandlers['echo'] = async () => {};

  store: DimseHandlers['store'] = (_, request) => {
    const chunks: Uint8Array[] = [];
    return {
      write: (chunk) => void chunks.push(new Uint8Array(chunk)),
      finish: async () => {
        this.keep(request, Buffer.concat(chunks));
        return { status: 0 };
      },
      abort: (reason) => void this.aborted.push(reason),
    };
  };

  keep(request: StoreRequest, bytes: Uint8Array): void {
    const dataset = readDicom(bytes, { form: 'dataset', transferSyntaxUid: request.transferSyntaxUid }).dataset;
    if (dataset.text('SOPInstanceUID') !== request.sopInstanceUid)
      throw new Problem('dicom/instance-mismatch', { attribute: 'SOPInstanceUID' });
    this.instances.set(request.sopInstanceUid, { ...request, bytes, dataset });
  }

  find: DimseHandlers['find'] = (_, query, form) => this.#find(query, form);

  async *#find(query: Query, form: AnswerForm): AsyncGenerator<Uint8Array[]> {
    this.queries.push(query);
    const seen = new Set<string>();
    for (const { dataset } of this.instances.values()) {
      const entity = dataset.text(uniqueKeys[query.level].tag) ?? '';
      if (seen.has(entity) || !matches(dataset, query.keys, { fuzzy: query.fuzzy })) continue;
      seen.add(entity);
      yield [form.encode(jsonText(dataset))];
    }
  }

  retrieve: DimseHandlers['retrieve'] = async (_, query) => {
    this.queries.push(query);
    const found = [...this.instances.values()].filter(({ dataset }) => matches(dataset, query.keys, { fuzzy: false }));
    return found.map((kept) => this.sendable(kept));
  };

  sendable(kept: Kept): SendableInstance {
    const { bytes, dataset, sopClassUid, sopInstanceUid, transferSyntaxUid } = kept;
    const { chunkBytes } = this;
    return {
      studyInstanceUid: dataset.text('StudyInstanceUID') ?? '',
      seriesInstanceUid: dataset.text('SeriesInstanceUID') ?? '',
      sopClassUid,
      sopInstanceUid,
      transferSyntaxUid,
      sizeBytes: bytes.length,
      async *open() {
        for (let at = 0; at < bytes.length; at += chunkBytes) yield new Uint8Array(bytes.subarray(at, at + chunkBytes));
      },
    };
  }

  destination: DimseHandlers['destination'] = async (_, aeTitle) => this.destinations.get(aeTitle);

  commit: DimseHandlers['commit'] = async (exchange, transactionUid, references) => {
    const isNew = !this.transactions.has(transactionUid);
    if (isNew) this.transactions.set(transactionUid, 'waiting');
    const failures = references.map(({ sopClassUid, sopInstanceUid }) => {
      if (!isNew) return 0x0131;
      const kept = this.instances.get(sopInstanceUid);
      if (!kept) return 0x0112;
      return kept.sopClassUid === sopClassUid ? undefined : 0x0119;
    });
    return {
      transactionUid,
      references,
      failures,
      destination: () => this.destination(exchange, exchange.peer.callingAeTitle),
      ended: async (outcome) => void this.transactions.set(transactionUid, outcome),
    };
  };
}

export const newTestUid = (): string => newUid(randomBytes(16));
