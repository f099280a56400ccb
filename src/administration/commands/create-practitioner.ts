// create-practitioner: a member of staff and the role they have at an organization.

import { invalid } from '../../fhir/problem.ts';
import { readText, type Inputs } from '../../operations/parameters.ts';
import type { Command } from '../types.ts';
import { reference, required, texts } from '../read-inputs.ts';
import { checkThere, createResource } from '../write-resource.ts';

export const createPractitioner: Command = {
  name: 'create-practitioner',
  about:
    'Creates a Practitioner and, with an organization, which then keeps both, their role there.',
  inputs: [
    { name: 'family', type: 'string', required: true, about: 'Family name.' },
    { name: 'given', type: 'string', about: 'Given name.' },
    { name: 'prefix', type: 'string', about: 'Such as Dr.' },
    { name: 'organization', type: 'string', about: 'Organization/[id] they work for.' },
    {
      ...{ name: 'identifier', type: 'string' },
      about: 'system|value; what the sign-in of their organization knows them by.',
    },
  ],
  outputs: [
    { name: 'practitioner', type: 'string', about: 'Practitioner/[id]' },
    { name: 'role', type: 'string', about: 'PractitionerRole/[id]' },
  ],
  ways: 'everywhere',
  event: 'administration',
  run: async (inputs, tools) => {
    const organization = reference(inputs, 'organization', ['Organization']);
    await checkThere(organization, 'organization', tools);
    const { given, prefix } = texts(inputs, { given: 'given', prefix: 'prefix' });
    const name = {
      use: 'official',
      family: required(inputs, 'family'),
      ...(given === undefined ? {} : { given: [given] }),
      ...(prefix === undefined ? {} : { prefix: [prefix] }),
    };
    const practitioner = await createResource(
      { resourceType: 'Practitioner', active: true, ...identifierIn(inputs), name: [name] },
      tools,
      organization,
    );
    const made = { name: 'practitioner', valueString: practitioner };
    if (organization === undefined) return [made];
    const role = await createResource(
      {
        resourceType: 'PractitionerRole',
        active: true,
        practitioner: { reference: practitioner },
        organization: { reference: organization },
      },
      tools,
      organization,
    );
    return [made, { name: 'role', valueString: role }];
  },
};

const identifierIn = (inputs: Inputs): object => {
  const text = readText(inputs, 'identifier');
  if (text === undefined) return {};
  const [, system, value] = /^([^|\s]+)\|([^|\s]+)$/.exec(text) ?? [];
  if (system !== undefined) return { identifier: [{ system, value }] };
  throw invalid(`Parameter 'identifier' must be system|value, not '${text}'.`, 'identifier');
};
