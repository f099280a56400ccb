// create-user: somebody who can sign in. Without a password they are invited and choose one themself.

import type { Role } from '../../access/caller.ts';
import { isStaffRole } from '../../access/staff.ts';
import { wardOf } from '../../access/ward.ts';
import { invalid } from '../../fhir/problem.ts';
import type { NewUser } from '../../oauth/users/users.ts';
import { readText, readTexts, type Inputs } from '../../operations/parameters.ts';
import type { Command, Tools } from '../types.ts';
import { oneOf, reference, required, texts } from '../read-inputs.ts';
import { checkThere } from '../write-resource.ts';

/** The roles a person can have, and whose record each one's `fhir-user` is. */
const fhirUsers: Readonly<Partial<Record<Role, readonly string[]>>> = {
  patient: ['Patient'],
  proxy: ['RelatedPerson', 'Person'],
  clinician: ['Practitioner'],
  desk: ['Practitioner'],
  pharmacist: ['Practitioner'],
  biller: ['Practitioner'],
  administrator: ['Practitioner'],
};
const roles = Object.keys(fhirUsers) as readonly Role[];

export const createUser: Command = {
  name: 'create-user',
  about: 'Creates a user who can sign in; without a password they get an invitation.',
  inputs: [
    { name: 'username', type: 'string', required: true, about: 'Unique, in any case.' },
    { name: 'name', type: 'string', required: true, about: 'What pages greet with.' },
    { name: 'role', type: 'code', required: true, about: `One of ${roles.join(', ')}.` },
    { name: 'email', type: 'string', about: 'Where invitations and resets go.' },
    { name: 'phone', type: 'string', about: 'Where they go when there is no email.' },
    { name: 'password', type: 'string', about: 'At least 12 characters; better none.' },
    { name: 'fhir-user', type: 'string', about: 'Practitioner/[id], Patient/[id], …' },
    { name: 'organization', type: 'string', about: 'Organization/[id]; staff need one.' },
    {
      ...{ name: 'related-person', type: 'string', repeats: true },
      about: 'RelatedPerson/[id] as whom the user acts for another person.',
    },
  ],
  outputs: [
    { name: 'user', type: 'string', about: 'Id of the user.' },
    { name: 'invitation', type: 'uri', about: 'Works once, within three days.' },
  ],
  ways: 'everywhere',
  event: 'user-created',
  run: async (inputs, tools) => {
    const draft = await readDraft(inputs, tools);
    const password = readText(inputs, 'password');
    if (password !== undefined) {
      const { id } = await tools.users.create({ ...draft, password });
      return [{ name: 'user', valueString: id }];
    }
    const { user, link } = await tools.invite(draft);
    return [
      { name: 'user', valueString: user.id },
      { name: 'invitation', valueUri: link },
    ];
  },
};

const readDraft = async (inputs: Inputs, tools: Tools): Promise<NewUser> => {
  const role = oneOf(inputs, 'role', roles);
  const fhirUser = reference(inputs, 'fhir-user', fhirUsers[role] ?? []);
  const organization = reference(inputs, 'organization', ['Organization']);
  // They see what it keeps.
  if (isStaffRole(role) && organization === undefined)
    throw invalid(`A ${role} works for an organization; send it as 'organization'.`);
  const relatedPersons = readTexts(inputs, 'related-person');
  await checkThere(fhirUser, 'fhir-user', tools);
  await checkThere(organization, 'organization', tools);
  for (const each of relatedPersons) await checkThere(each, 'related-person', tools);
  const { resources, records } = tools.context.store;
  // Binds each to the patient it names now.
  for (const each of [fhirUser, ...relatedPersons])
    if (each?.startsWith('RelatedPerson/') === true)
      await wardOf(each.slice('RelatedPerson/'.length), { resources, records });
  return {
    ...{ username: required(inputs, 'username'), name: required(inputs, 'name'), role },
    ...texts(inputs, { email: 'email', phone: 'phone' }),
    ...(fhirUser === undefined ? {} : { fhirUser }),
    ...(organization === undefined ? {} : { organization }),
    ...(relatedPersons.length === 0 ? {} : { relatedPersons }),
  };
};
