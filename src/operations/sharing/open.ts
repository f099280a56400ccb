// Open: what sharing stands on: who is meant by a number, codes at the desk, emergencies, and words to patients.

import type { Deliver } from '../../access/contact.ts';
import { createAliases, type Aliases } from '../../health-id/alias.ts';
import { createResolve } from '../../health-id/resolve.ts';
import type { SearchDependencies } from '../../search/search-dependencies.ts';
import { createDeskCodes } from '../../sharing/desk-codes.ts';
import { createEmergencies } from '../../sharing/emergencies.ts';
import { createPatientMessages, type PatientMessages } from '../../sharing/patient-messages.ts';
import type { RecordStore, ResourceStore } from '../../store/port.ts';
import type { SharingParts } from './parts.ts';

type Passed = 'system' | 'emergencyMinutes' | 'reportEmergency';

export interface SharingOptions
  extends Pick<SharingParts, Passed>, Pick<SearchDependencies, 'definitions'> {
  readonly resources: ResourceStore;
  readonly records: RecordStore;
  readonly deliver: Deliver;
  /** Takes note of a message that could not be handed on. */
  readonly failed: (error: unknown) => void;
  readonly now: () => number;
}

export interface OpenSharing {
  readonly parts: SharingParts;
  readonly aliases: Aliases;
  readonly messages: PatientMessages;
}

export const openSharing = (options: SharingOptions): OpenSharing => {
  const { resources, records, definitions, deliver, failed, now } = options;
  const { system, emergencyMinutes, reportEmergency } = options;
  const aliases = createAliases(records);
  const messages = createPatientMessages({ deliver, failed });
  const parts: SharingParts = {
    ...{ system, emergencyMinutes, reportEmergency },
    sendToPatient: messages.send,
    emergencies: createEmergencies({ records, now }),
    resolve: createResolve({ resources, definitions, system, aliases }),
    deskCodes: createDeskCodes({ records, now }),
  };
  return { parts, aliases, messages };
};
