// A server's inside with the operations about sharing, and what left it for patients.

import type { Patient } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import type { Message } from '#src/access/contact.ts';
import type { EmergencyEvent } from '#src/access/emergency-event.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import { createAliases, type Aliases } from '#src/health-id/alias.ts';
import { createResolve } from '#src/health-id/resolve.ts';
import type { Meter } from '#src/interactions/types.ts';
import { sharingOperations } from '#src/operations/sharing.ts';
import type { SharingParts } from '#src/operations/sharing/parts.ts';
import { createDeskCodes } from '#src/sharing/desk-codes.ts';
import { createEmergencies, type Emergencies } from '#src/sharing/emergencies.ts';
import type { Store } from '#src/store/port.ts';
import { openInside, type Inside } from '#test/support/rights.ts';

export const system = 'https://meridian.example/uhid';

export interface Sharing extends Inside {
  /** What the audit was told. */
  readonly reported: readonly EmergencyEvent[];
  /** From now on the audit cannot be told. */
  failReports(): void;
  readonly emergencies: Emergencies;
  readonly aliases: Aliases;
  /** Messages that left, in order. */
  readonly sent: readonly Message[];
}

export interface SharingOptions {
  /** Of codes and emergencies. */
  readonly now?: () => number;
  readonly meter?: Meter;
}

export const openSharing = (
  store: Store,
  { now = Date.now, meter }: SharingOptions = {},
): Sharing => {
  const sent: Message[] = [];
  const reported: EmergencyEvent[] = [];
  let isBroken = false;
  const emergencies = createEmergencies({ records: store.records, now });
  const { resources, records } = store;
  const aliases = createAliases(records);
  const parts: SharingParts = {
    system,
    resolve: createResolve({ resources, definitions: loadDefinitions(), system, aliases }),
    sendToPatient: (_, news) => sent.push(news),
    deskCodes: createDeskCodes({ records, now }),
    ...{ emergencies, emergencyMinutes: 60 },
    reportEmergency: (event) => {
      if (isBroken) return Promise.reject(new Error('The audit cannot be written.'));
      reported.push(event);
      return Promise.resolve();
    },
  };
  const inside = openInside(store, {
    operations: sharingOperations(parts),
    ...(meter ? { meter } : {}),
  });
  const failReports = (): void => {
    isBroken = true;
  };
  return { ...inside, sent, reported, emergencies, aliases, failReports };
};

const caller = (role: Caller['role'], more: Partial<Caller>): Caller => ({
  ...{ client: `${role}-client`, token: `${role}-token`, role, scopes: ['user/*.cruds'] },
  ...more,
});
export const clinician = (organization: string, name = 'rao'): Caller =>
  caller('clinician', { user: name, fhirUser: `Practitioner/${name}`, organization });
export const patientCaller = (id: string): Caller =>
  caller('patient', {
    ...{ user: id, fhirUser: `Patient/${id}`, patient: id, scopes: ['patient/*.cruds'] },
  });
export const systemCaller = (organization: string): Caller =>
  caller('system', { organization, scopes: ['system/*.cruds'] });

export const person = (changes: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  name: [{ family: 'Sharma', given: ['Lakshmi'] }],
  birthDate: '1980-03-04',
  telecom: [{ system: 'phone', value: '+919845012345' }],
  ...changes,
});

export interface Parameter {
  readonly name: string;
  readonly resource?: object;
  readonly [value: `value${string}`]: unknown;
}

export const parameters = (...parameter: readonly Parameter[]) => ({
  body: { resourceType: 'Parameters', parameter },
});

/** What `$request-access` is asked by default: results, for a year. */
export const asking = (uhid: string, ...more: readonly Parameter[]) =>
  parameters(
    { name: 'identifier', valueIdentifier: { system, value: uhid } },
    { name: 'kind', valueCode: 'results' },
    ...more,
  );
