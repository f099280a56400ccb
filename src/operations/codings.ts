// Codings: what $validate-code, $lookup and $subsumes are asked about, from code and system, a Coding or a CodeableConcept.
// https://hl7.org/fhir/R4/valueset-operation-validate-code.html

import { invalid } from '../fhir/problem.ts';
import { isObject, type Coding } from '../fhir/resource.ts';
import { readJson, readText, type Inputs } from './parameters.ts';

export const readCodings = (inputs: Inputs): readonly Coding[] => {
  const given = ['code', 'coding', 'codeableConcept'].filter((name) => inputs.has(name));
  if (given.length !== 1)
    throw invalid('Exactly one of the parameters code, coding and codeableConcept must be given.');
  const concept = readJson(inputs, 'codeableConcept');
  if (!concept) return [readCoding(inputs)];
  const codings: readonly unknown[] = Array.isArray(concept['coding']) ? concept['coding'] : [];
  if (codings.length === 0) throw invalid("Parameter 'codeableConcept' has no coding.");
  return codings.map((coding, place) => check(coding, `codeableConcept.coding[${String(place)}]`));
};

/** One coding, from `code` (with `system`, `display`) or `coding`. */
export const readCoding = (inputs: Inputs): Coding => {
  const coding = readJson(inputs, 'coding');
  const code = readText(inputs, 'code');
  if (coding && code !== undefined) throw invalid('Give either code or coding, not both.');
  if (coding) return check(coding, 'coding');
  if (code === undefined) throw invalid("One of the parameters 'code' and 'coding' is needed.");
  const system = readText(inputs, 'system');
  const display = readText(inputs, 'display');
  return {
    code,
    ...(system === undefined ? {} : { system }),
    ...(display === undefined ? {} : { display }),
  };
};

const check = (coding: unknown, name: string): Coding => {
  if (!isObject(coding) || typeof coding['code'] !== 'string')
    throw invalid(`Parameter '${name}' must be a Coding with a code.`);
  for (const part of ['system', 'display'])
    if (coding[part] !== undefined && typeof coding[part] !== 'string')
      throw invalid(`Parameter '${name}' has a ${part} that is no text.`);
  return coding;
};
