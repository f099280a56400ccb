// answer-appointment: what an operation on one Appointment is asked by and answers.

import { invalid } from '../../fhir/problem.ts';
import { readReference } from '../../fhir/reference.ts';
import { versionHeaders } from '../../interactions/answers.ts';
import type { FhirRequest, FhirResponse } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import { readJson, type Inputs } from '../parameters.ts';

export const answerAppointment = (
  status: 200 | 201,
  version: Version,
  { base }: FhirRequest,
): FhirResponse => ({
  ...{ status, text: version.text, shown: [version] },
  headers: {
    ...versionHeaders(version),
    ...(status === 201 ? { location: `${base}/Appointment/${version.id}` } : {}),
  },
});

/** The logical id that a parameter of type Reference names; undefined when it was not sent. */
export const readIdOf = (
  inputs: Inputs,
  { name, type }: { readonly name: string; readonly type: string },
  base: string,
): string | undefined => {
  if (!inputs.has(name)) return undefined;
  const { reference } = readJson(inputs, name) ?? {};
  const read = typeof reference === 'string' ? readReference(reference, base) : undefined;
  if (read?.type === type && read.version === undefined) return read.id;
  throw invalid(`Parameter '${name}' must be a reference such as ${type}/1.`, name);
};

export const requireId = (
  inputs: Inputs,
  asked: { readonly name: string; readonly type: string },
  base: string,
): string => {
  const id = readIdOf(inputs, asked, base);
  if (id !== undefined) return id;
  throw invalid(`Parameter '${asked.name}' is needed: a reference such as ${asked.type}/1.`);
};
