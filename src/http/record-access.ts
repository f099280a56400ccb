// Record access: each request to the FHIR API becomes a row of the audit before its answer leaves.
// https://hl7.org/fhir/R4/security.html#audit

import type { Caller } from '../access/caller.ts';
import type { Audit } from '../audit/open.ts';
import { whoOf, type AccessRow, type PartRow } from '../audit/row.ts';
import { Problem } from '../fhir/problem.ts';
import type { FhirRequest, FhirResponse, Part } from '../interactions/types.ts';

/** What is known of a request when it is answered. */
export interface Accessed {
  readonly interaction: string;
  readonly method: string;
  /** Below the FHIR base. */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly query: string;
  readonly requestId: string;
  readonly address: string;
  readonly caller: Caller | undefined;
}

/** Resolves when the row is written, and rejects when it cannot be: then nobody may hear the answer. */
export const recordAccess = (
  audit: Audit,
  accessed: Accessed,
  response: FhirResponse,
): Promise<void> =>
  audit.record(rowOf(accessed, response), accessed.caller && whoOf(accessed.caller));

/** 503: what cannot be recorded is not done. */
export const cannotRecord = (): Problem => {
  const diagnostics =
    'The server cannot record accesses at the moment, so it allows none. Its operator should look at the disk of DATA_DIR.';
  return new Problem(503, [{ severity: 'fatal', code: 'transient', diagnostics }], {
    'retry-after': '5',
  });
};

const rowOf = (accessed: Accessed, response: FhirResponse): Omit<AccessRow, 'w'> => {
  const { interaction, method, path, query, requestId, address } = accessed;
  const shown = namesOf(response, interaction);
  return {
    ...{ i: interaction, m: method, p: path, s: response.status, r: requestId, a: address },
    ...(query === '' ? {} : { q: shorten(query) }),
    ...(shown.length > 0 ? { e: shown } : {}),
    ...(response.parts
      ? { x: { kind: response.parts.kind, parts: response.parts.list.map(partOf) } }
      : {}),
  };
};

const partOf = ({ request, status, shown }: Part): PartRow => ({
  ...{ m: request.method, p: request.path, s: status },
  ...(request.query.length > 0 ? { q: shorten(queryText(request.query)) } : {}),
  ...(shown && shown.length > 0 ? { e: shown.map(nameOf) } : {}),
});

/** Pairs that came in a form, written as a query. */
export const queryText = (query: FhirRequest['query']): string =>
  new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();

const longestQuery = 64_000;

const shorten = (query: string): string => {
  const told = withoutSecrets(query);
  return told.length > longestQuery ? `${told.slice(0, longestQuery)}&…` : told;
};

/** Who sends a token or a password in the address has it in many logs, but not in ours. */
const withoutSecrets = (query: string): string =>
  query
    .split('&')
    .map((pair) => {
      const name = pair.split('=', 1)[0]!;
      return secret.test(decode(name)) ? `${name}=***` : pair;
    })
    .join('&');

const secret = /token|password|secret|assertion/i;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const nameOf = ({ type, id, version }: Required<NonNullable<Part['shown']>[number]>): string =>
  `${type}/${id}/${version}`;

const namesOf = ({ shown, text, status, parts }: FhirResponse, interaction: string) => {
  if (shown) return shown.map(nameOf);
  const tellsItself = interaction.startsWith('$') && status < 300 && text !== undefined;
  return tellsItself && !parts ? patientsIn(text) : [];
};

/** Of an operation that does not say what it showed: every patient its answer speaks of. */
const patientsIn = (text: string): readonly string[] => {
  const found = text.matchAll(
    /"reference":"(?:https?:[^"]*\/)?(Patient\/[A-Za-z0-9\-.]{1,64})[/"]|"resourceType":"Patient","id":"([A-Za-z0-9\-.]{1,64})"/g,
  );
  const names = new Set<string>();
  for (const [, reference, id] of found) names.add(reference ?? `Patient/${id!}`);
  return [...names];
};
