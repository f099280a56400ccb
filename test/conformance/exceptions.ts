// Examples and vectors the server rightly refuses or answers otherwise; conformance/exceptions.md gives the sentence for each.

export interface Exception {
  readonly status: number;
  /** The sentence of the specification that decides. */
  readonly because: string;
}

/** By `Type/id` of the example. */
export const exceptions: ReadonlyMap<string, Exception> = new Map<string, Exception>([]);
