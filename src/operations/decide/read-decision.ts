// read-decision: what a clerk says of a Task of the identity worklist: one decision, no more.

import { invalid } from '../../fhir/problem.ts';
import { readReference } from '../../fhir/reference.ts';
import { isObject } from '../../fhir/resource.ts';
import { readFlag, readJson, readText, type InputParameter, type Inputs } from '../parameters.ts';

export type Decision =
  /** Nobody who is known. */
  | { readonly kind: 'new' }
  /** This Patient, whom the clerk may see; a logical id. */
  | { readonly kind: 'same'; readonly patient: string }
  /** Whom the clerk may not see: the person is asked for a code, by the number they told or where one alone is certain. */
  | { readonly kind: 'ask'; readonly healthId: string | undefined }
  /** The code the person was sent and told the clerk. */
  | { readonly kind: 'prove'; readonly ticket: string; readonly code: string };

export const decisionTable: readonly InputParameter[] = [
  { name: 'new', type: 'boolean' },
  { name: 'same', type: 'Reference' },
  { name: 'ask-person', type: 'boolean' },
  { name: 'ticket', type: 'string' },
  { name: 'code', type: 'string' },
];

/** Throws 400 unless it is exactly one. `system` is that of the network's health IDs. */
export const readDecision = (inputs: Inputs, system: string): Decision => {
  const decisions: readonly (Decision | undefined)[] = [
    readFlag(inputs, 'new') === true ? { kind: 'new' } : undefined,
    readSame(inputs, system),
    readFlag(inputs, 'ask-person') === true ? { kind: 'ask', healthId: undefined } : undefined,
    readProof(inputs),
  ];
  const made = decisions.filter((each) => each !== undefined);
  if (made.length === 1) return made[0]!;
  throw invalid(
    "Send one decision: 'new', 'same', 'ask-person', or 'ticket' with 'code'.",
    made.length === 0 ? undefined : 'Parameters.parameter',
  );
};

const readSame = (inputs: Inputs, system: string): Decision | undefined => {
  const same = readJson(inputs, 'same');
  if (same === undefined) return undefined;
  const { reference, identifier } = same;
  const found = typeof reference === 'string' ? readReference(reference) : undefined;
  if (found?.type === 'Patient') return { kind: 'same', patient: found.id };
  if (isObject(identifier) && identifier['system'] === system) {
    const { value } = identifier;
    if (typeof value === 'string') return { kind: 'ask', healthId: value };
  }
  throw invalid(
    `Parameter 'same' must refer to a Patient of this server, or name a health ID (${system}) in its identifier.`,
    'same',
  );
};

const readProof = (inputs: Inputs): Decision | undefined => {
  const [ticket, code] = [readText(inputs, 'ticket'), readText(inputs, 'code')];
  if (ticket === undefined && code === undefined) return undefined;
  if (ticket !== undefined && code !== undefined) return { kind: 'prove', ticket, code };
  throw invalid("'ticket' and 'code' come together.", ticket === undefined ? 'ticket' : 'code');
};
