// Index values: what a stored resource is found by. Extracted on every write, kept by the store beside the resource.

/**
 * One index value of one resource. `param` is `Type.code` (`Observation.code`), with a suffix for what a modifier reads
 * (`Observation.code:text`, `Observation.subject:identifier`, `Patient.identifier:of-type`, `Patient.family:part`,
 * `QuestionnaireResponse.questionnaire:below`) or for a composite's part (`Observation.component-code-value-quantity#0`).
 * Values that several parameters share are kept once: `search/value-params` says under which param.
 * `Resource._compartment` is the one param without a type of its own:
 * its targets are the compartments the resource is in (`Patient/1`). `n` is 0, or for composite parts the tuple they
 * belong to: parts of one element have the same `n` (1, 2, …).
 */
export type Entry = TokenEntry | StringEntry | ReferenceEntry | UriEntry | DateEntry | NumberEntry;
export type EntryKind = Entry['kind'];

interface Common {
  readonly param: string;
  readonly n: number;
}
/** `system` is '' when the token has none. Codes are kept as written. */
export interface TokenEntry extends Common {
  readonly kind: 'token';
  readonly system: string;
  readonly code: string;
}
/** `folded` is the text without case, accents and doubled blanks; `exact` is the text as written. */
export interface StringEntry extends Common {
  readonly kind: 'string';
  readonly folded: string;
  readonly exact: string;
}
/** `target` is `Type/id` for this server's resources, else the url as written (a canonical also as `url|version`). */
export interface ReferenceEntry extends Common {
  readonly kind: 'reference';
  readonly target: string;
}
export interface UriEntry extends Common {
  readonly kind: 'uri';
  readonly uri: string;
}
/** Milliseconds since 1970 UTC: `low` included, `high` excluded. Open ends are ±8.64e15. */
export interface DateEntry extends Common {
  readonly kind: 'date';
  readonly low: number;
  readonly high: number;
}
/**
 * Numbers and quantities. A quantity gives one entry per way of asking: `unit` is '' (any unit), `|code` (its code or
 * unit text, any system), `system|` (any unit of it), and either `=<canonical UCUM unit>` with the value converted or, where
 * there is none, `system|code`. Ranges have `low` < `high`;
 * open ends are ±Infinity.
 */
export interface NumberEntry extends Common {
  readonly kind: 'number';
  readonly unit: string;
  readonly low: number;
  readonly high: number;
}
