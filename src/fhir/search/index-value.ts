// What of a resource is found by a search: one value of one parameter. Storage keeps each kind in a table of its own.

interface Indexed {
  /**
   * Its name; `code:text`, `identifier:of-type` and `subject:identifier` hold what these modifiers ask for, and
   * `code-value-quantity$0` the first component of a composite.
   */
  parameter: string;
  /** Which of the elements that a composite looks at: its components are met in one of them. */
  element?: number;
  /** By which of its values a resource is sorted: ascending by the least, descending by the most. */
  isLeast?: true;
  isMost?: true;
}

/** A value with nothing else said is one that cannot be found, but is not missing either. */
export type IndexValue =
  | TokenIndexValue
  | StringIndexValue
  | DateIndexValue
  | QuantityIndexValue
  | ReferenceIndexValue
  | UriIndexValue;

export interface TokenIndexValue extends Indexed {
  kind: 'token';
  system?: string;
  /** In lower case: case does not count (R4 search.html#token). */
  code?: string;
}

export interface StringIndexValue extends Indexed {
  kind: 'string';
  text: string;
  /** Without case and accents. */
  folded: string;
}

/** In milliseconds since 1970, from `start` up to but not including `end`; an open end is as far away as a Date may be. */
export interface DateIndexValue extends Indexed {
  kind: 'date';
  start?: number;
  end?: number;
}

/** A number too. Decimals as text; `-Infinity` and `Infinity` where an end is open. Both ends are included. */
export interface QuantityIndexValue extends Indexed {
  kind: 'quantity';
  low?: string;
  high?: string;
  system?: string;
  code?: string;
  unit?: string;
}

export interface ReferenceIndexValue extends Indexed {
  kind: 'reference';
  type?: string;
  /** Of a resource of this server; or the URL of one elsewhere. */
  id?: string;
}

export interface UriIndexValue extends Indexed {
  kind: 'uri';
  uri: string;
}
