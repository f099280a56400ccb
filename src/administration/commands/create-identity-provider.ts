// create-identity-provider: a hospital whose own sign-in its staff may use here; the same id again changes it.

import { staffRoles, type StaffRole } from '../../access/staff.ts';
import { invalid } from '../../fhir/problem.ts';
import { readText, readTexts, type Inputs } from '../../operations/parameters.ts';
import { oneOf, reference, required, texts } from '../read-inputs.ts';
import type { Command } from '../types.ts';
import { checkThere } from '../write-resource.ts';

const secondFactors = ['when-asserted', 'always', 'never'] as const;

export const createIdentityProvider: Command = {
  name: 'create-identity-provider',
  about: 'Lets the staff of a hospital sign in with the hospital’s own OpenID provider.',
  inputs: [
    { name: 'id', type: 'string', required: true, about: 'Part of addresses: st-mary.' },
    { name: 'name', type: 'string', required: true, about: 'What the button says.' },
    { name: 'issuer', type: 'uri', required: true, about: 'As its id_tokens say it.' },
    { name: 'client-id', type: 'string', required: true, about: 'As it knows this server.' },
    { name: 'client-secret', type: 'string', required: true, about: 'Kept encrypted.' },
    {
      ...{ name: 'organization', type: 'string', required: true },
      about: 'Organization/[id] its people act for.',
    },
    {
      ...{ name: 'link-claim', type: 'string', required: true },
      about: 'The claim that equals an identifier of the Practitioner.',
    },
    {
      ...{ name: 'link-system', type: 'uri', required: true },
      about: 'The system of that identifier.',
    },
    {
      ...{ name: 'domain', type: 'string', repeats: true },
      about: 'User names with it after the @ are sent there.',
    },
    { name: 'role-claim', type: 'string', about: 'The claim that names the role.' },
    {
      ...{ name: 'role', type: 'string', repeats: true },
      about: `A value of that claim and the role it means, such as doctors=clinician; of ${staffRoles.join(', ')}.`,
    },
    { name: 'standard-role', type: 'code', about: 'The role of whoever has no other.' },
    {
      ...{ name: 'second-factor', type: 'code' },
      about: 'Whether its second factor is enough: when-asserted (the default), always, never.',
    },
  ],
  outputs: [
    { name: 'redirect-uri', type: 'uri', about: 'To be registered with the hospital’s provider.' },
  ],
  ways: 'everywhere',
  event: 'administration',
  run: async (inputs, tools) => {
    const organization = reference(inputs, 'organization', ['Organization']);
    await checkThere(organization, 'organization', tools);
    const provider = await tools.identityProviders.save({
      ...{ id: required(inputs, 'id'), name: required(inputs, 'name') },
      ...{ issuer: required(inputs, 'issuer'), clientId: required(inputs, 'client-id') },
      clientSecret: required(inputs, 'client-secret'),
      organization: organization ?? '',
      link: { claim: required(inputs, 'link-claim'), system: required(inputs, 'link-system') },
      domains: readTexts(inputs, 'domain'),
      ...texts(inputs, { roleClaim: 'role-claim' }),
      roles: readRoles(inputs),
      ...optional(inputs, 'standard-role', 'standardRole', staffRoles),
      ...optional(inputs, 'second-factor', 'secondFactor', secondFactors),
    });
    const redirectUri = new URL(`/oauth/federated/${provider.id}/callback`, tools.base).href;
    return [{ name: 'redirect-uri', valueUri: redirectUri }];
  },
};

const readRoles = (inputs: Inputs): Readonly<Record<string, StaffRole>> =>
  Object.fromEntries(
    readTexts(inputs, 'role').map((text) => {
      const [, value = '', word = ''] = /^(.+)=([a-z]+)$/.exec(text) ?? [];
      const role = staffRoles.find((each) => each === word);
      if (role === undefined)
        throw invalid(
          `Parameter 'role' must be a value of the claim, = and one of ${staffRoles.join(', ')}, not '${text}'.`,
          'role',
        );
      return [value, role];
    }),
  );

const optional = <T extends string>(
  inputs: Inputs,
  name: string,
  own: string,
  words: readonly T[],
): Readonly<Record<string, T>> =>
  readText(inputs, name) === undefined ? {} : { [own]: oneOf(inputs, name, words) };
