// $lookup: what a code system says of one code: display, designations, properties, parents and children.
// https://hl7.org/fhir/R4/codesystem-operation-lookup.html

import { invalid, notFound } from '../fhir/problem.ts';
import type { Handler } from '../interactions/types.ts';
import type { CodeSystem, Concept } from '../terminology/types.ts';
import { readCoding } from './codings.ts';
import { displayIn } from './display.ts';
import { needCodeSystem } from './find-terminology.ts';
import {
  answerWith,
  readInputs,
  readText,
  readTexts,
  refuse,
  type InputParameter,
  type OutputParameter,
} from './parameters.ts';
import type { Operation } from './types.ts';

const parameters: readonly InputParameter[] = [
  { name: 'code', type: 'code' },
  { name: 'system', type: 'uri' },
  { name: 'version', type: 'string' },
  { name: 'coding', type: 'Coding' },
  { name: 'date', type: 'dateTime' },
  { name: 'displayLanguage', type: 'code' },
  { name: 'property', type: 'code', repeats: true },
];

const handler: Handler = async (request, permit, context) => {
  const inputs = readInputs(request, parameters);
  refuse(inputs, ['date']);
  const { system: url, code = '', version = readText(inputs, 'version') } = readCoding(inputs);
  if (url === undefined) throw invalid("Parameter 'system' is needed: it names the code system.");
  const canonical = version === undefined ? url : `${url}|${version}`;
  const system = await needCodeSystem(canonical, { permit, context });
  const concept = system.find(code);
  if (!concept) throw notFound(`Code ${url}`, code);
  const asked = new Set(readTexts(inputs, 'property'));
  const wants = (property: string): boolean => asked.size === 0 || asked.has(property);
  return answerWith([
    { name: 'name', valueString: system.name },
    system.version === undefined ? undefined : { name: 'version', valueString: system.version },
    {
      name: 'display',
      valueString: displayIn(concept, readText(inputs, 'displayLanguage')) ?? code,
    },
    ...(wants('designation') ? concept.designation.map(designationPart) : []),
    ...propertyParts(system, concept)
      .filter(({ code: of }) => wants(of))
      .map(propertyPart),
  ]);
};

export const lookup: Operation = {
  name: '$lookup',
  definition: 'http://hl7.org/fhir/OperationDefinition/CodeSystem-lookup',
  levels: ['type'],
  types: ['CodeSystem'],
  affectsState: false,
  right: 'read',
  handler,
};

interface Property {
  readonly code: string;
  readonly name: string;
  readonly value: unknown;
}

/** The concept's own properties, then those every system has. */
const propertyParts = (system: CodeSystem, concept: Concept): readonly Property[] => {
  const relatives = (code: string, codes: readonly string[]): Property[] =>
    codes.map((value) => ({ code, name: 'valueCode', value }));
  const own = concept.properties.filter(({ code }) => code !== 'parent' && code !== 'child');
  return [
    ...own,
    ...(concept.definition === undefined
      ? []
      : [{ code: 'definition', name: 'valueString', value: concept.definition }]),
    ...relatives('parent', system.parents(concept.code)),
    ...relatives('child', system.children(concept.code)),
  ];
};

const propertyPart = ({ code, name, value }: Property): OutputParameter => ({
  name: 'property',
  part: [
    { name: 'code', valueCode: code },
    { name: 'value', [name]: value },
  ],
});

const designationPart = ({
  language,
  use,
  value,
}: Readonly<Record<string, unknown>>): OutputParameter => ({
  name: 'designation',
  part: [
    ...(language === undefined ? [] : [{ name: 'language', valueCode: language }]),
    ...(use === undefined ? [] : [{ name: 'use', valueCoding: use }]),
    { name: 'value', valueString: value },
  ],
});
