// Storage. PS3.7 9.1.1, PS3.4 B. The data set goes to the handler's sink as it comes; Success is said when the sink says
// that the instance is durable.

import { Problem } from '../base/problem.ts';
import type { StoreRequest, StoreSink } from './handlers.ts';
import type { DataSetSink } from './message-reader.ts';
import type { Operation, Service } from './operation.ts';

export const cStore: Service = (operation) => {
  if (!operation.command.hasDataSet) {
    operation.fail(new Problem('request/malformed', { reason: 'a C-STORE request without data set' }));
    return undefined;
  }
  return new StoreReception(operation);
};

/** One instance on its way in. Once it is refused, the rest of its data set is read and dropped, up to a limit. */
class StoreReception implements DataSetSink {
  readonly #operation: Operation;
  #sink: StoreSink | undefined;
  #failure: unknown;
  #dropped = 0;

  constructor(operation: Operation) {
    this.#operation = operation;
    try {
      this.#sink = operation.served.handlers.store(operation.served.exchange, storeRequest(operation));
    } catch (error) {
      this.#failure = error;
    }
  }

  write(bytes: Uint8Array): void | Promise<void> {
    if (!this.#sink) return this.#drop(bytes.length);
    try {
      return this.#sink.write(bytes)?.catch((error) => this.#refuse(error));
    } catch (error) {
      this.#refuse(error);
    }
  }

  end(): void | Promise<void> {
    const operation = this.#operation;
    const sink = this.#sink;
    if (!sink) return operation.fail(this.#failure);
    this.#sink = undefined;
    return operation.served.track(operation, finish(operation, sink));
  }

  abort(reason: string): void {
    this.#sink?.abort(reason);
    this.#sink = undefined;
  }

  #refuse(failure: unknown): void {
    this.#failure = failure;
    this.abort('refused');
  }

  #drop(sizeBytes: number): void {
    this.#dropped += sizeBytes;
    const { served } = this.#operation;
    if (this.#dropped > served.limits.drainBytes) served.association.abort('a refused data set that does not end');
  }
}

async function finish(operation: Operation, sink: StoreSink): Promise<void> {
  try {
    const { status, comment } = await sink.finish();
    operation.respond(status, { errorComment: comment });
  } catch (error) {
    operation.fail(error);
  }
}

/** The request's own attributes; the handler compares them with the data set's. */
function storeRequest({ command, context }: Operation): StoreRequest {
  const { affectedSopClassUid: sopClassUid, affectedSopInstanceUid: sopInstanceUid } = command;
  if (!context.requestorIsScu)
    throw new Problem('request/method-not-allowed', { method: 'C-STORE in the role negotiated' });
  if (sopClassUid !== context.abstractSyntax)
    throw new Problem('dicom/instance-mismatch', { attribute: 'Affected SOP Class UID' });
  if (sopInstanceUid === undefined)
    throw new Problem('dicom/missing-attribute', { attribute: 'Affected SOP Instance UID' });
  return { sopClassUid, sopInstanceUid, transferSyntaxUid: context.transferSyntax };
}
