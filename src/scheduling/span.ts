// span: a stretch of time, in milliseconds since 1970.

/** The end is not part of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
