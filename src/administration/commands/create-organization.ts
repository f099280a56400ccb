// create-organization: a hospital, clinic or laboratory on the network.

import type { Command } from '../types.ts';
import { required, texts } from '../read-inputs.ts';
import { createResource } from '../write-resource.ts';

export const createOrganization: Command = {
  name: 'create-organization',
  about: 'Creates an Organization, for which users and clients can be registered.',
  inputs: [
    { name: 'name', type: 'string', required: true, about: 'As patients know it.' },
    { name: 'phone', type: 'string', about: 'Telephone number of the front desk.' },
    { name: 'email', type: 'string', about: 'Address for questions about records.' },
  ],
  outputs: [{ name: 'organization', type: 'string', about: 'Organization/[id]' }],
  ways: 'everywhere',
  event: 'administration',
  run: async (inputs, tools) => {
    const telecom = Object.entries(texts(inputs, { phone: 'phone', email: 'email' }));
    const organization = await createResource(
      {
        resourceType: 'Organization',
        active: true,
        name: required(inputs, 'name'),
        ...(telecom.length > 0
          ? { telecom: telecom.map(([system, value]) => ({ system, value, use: 'work' })) }
          : {}),
      },
      tools,
    );
    return [{ name: 'organization', valueString: organization }];
  },
};
