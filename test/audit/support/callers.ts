// Callers: a guard that takes the bearer token for the name of who asks, so that a test is somebody without signing in.

import type { Caller } from '#src/access/caller.ts';
import type { Permit, Right } from '#src/access/permit.ts';
import { Problem, forbidden } from '#src/fhir/problem.ts';
import type { Guard } from '#src/http/guard.ts';
import { everything, type Plan } from '#src/search/plan.ts';

const base = { scopes: [], purposes: ['TREAT'] };

export const callers = {
  doctor: {
    ...{ ...base, client: 'chart', user: 'u-doctor', fhirUser: 'Practitioner/doctor' },
    ...{ role: 'clinician', organization: 'Organization/hospital', token: 'hash-of-doctors-token' },
  },
  ada: {
    ...{ ...base, client: 'portal', user: 'u-ada', fhirUser: 'Patient/ada', patient: 'ada' },
    ...{ role: 'patient', token: 'hash-of-adas-token', purposes: ['PATRQT'] },
  },
  machine: {
    ...{ scopes: [], client: 'laboratory', role: 'system', token: 'hash-of-machines-token' },
    organization: 'Organization/hospital',
  },
} as const satisfies Readonly<Record<string, Caller>>;

export type Name = keyof typeof callers;

const inCompartment = (patient: string): Plan => ({
  ...{ op: 'reference', params: ['Resource._compartment'], targets: [`Patient/${patient}`] },
});

const permitOf = (caller: Caller): Permit => {
  const plan = caller.patient === undefined ? everything : inCompartment(caller.patient);
  const isReading = (right: Right): boolean => right === 'read' || right === 'search';
  return {
    allows: (right) => caller.patient === undefined || isReading(right),
    filter: () => plan,
    covers: () => Promise.resolve(true),
    caller,
    ...(caller.organization === undefined ? {} : { custodian: caller.organization }),
  };
};

const permits = new Map(Object.entries(callers).map(([name, caller]) => [name, permitOf(caller)]));

export const namingGuard: Guard = ({ headers, path }) => {
  const name = /^Bearer (\w+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const permit = permits.get(name);
  if (permit && path === 'Basic/forbidden') throw forbidden('Not this one.');
  if (permit) return permit;
  throw new Problem(401, [{ severity: 'error', code: 'login', diagnostics: 'Sign in first.' }], {
    'www-authenticate': 'Bearer',
  });
};

export const as = (name: Name): { readonly headers: Readonly<Record<string, string>> } => ({
  headers: { authorization: `Bearer ${name}` },
});
