// A line over which an object goes as a file, whether it is one that is kept or one that was made for the receiver.

import type { Form, ObjectLine, Outcome } from '../../delivery/line.ts';
import type { DataSet } from '../../dicom/dataset.ts';
import type { KeptInstance } from '../../storage/catalogue.ts';
import { type Depart, type Departure, departing } from './departure.ts';
import { madeDeparture } from './made-departure.ts';

export abstract class FileLine implements ObjectLine {
  readonly #depart: Depart;

  constructor(depart: Depart) {
    this.#depart = depart;
  }

  send(instance: KeptInstance, form: Form): Promise<Outcome> {
    return departing(this.#depart, instance, form, (departure) => this.put(departure));
  }

  sendMade(dataset: DataSet): Promise<Outcome> {
    return this.put(madeDeparture(dataset));
  }

  abstract close(): Promise<void>;
  abstract abort(): void;
  /** Resolves once the receiver has it, or says why not. */
  protected abstract put(departure: Departure): Promise<Outcome>;
}
