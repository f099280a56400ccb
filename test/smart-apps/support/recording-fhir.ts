// The client of an app without a server behind it: it answers what it is told to, and remembers what was asked.

import type { Ask, Fhir } from '../../../smart-apps/ui/src/fhir/client.ts';

export interface RecordingFhir {
  readonly fhir: Fhir;
  readonly asked: readonly Ask[];
}

/** `answer` gives the body for a request, or throws what the client would throw. */
export const recordingFhir = (answer: (ask: Ask) => unknown): RecordingFhir => {
  const asked: Ask[] = [];
  const base = 'https://records.example/fhir';
  const fhir: Fhir = {
    base,
    ask: async (ask) => {
      asked.push(ask);
      return Promise.resolve({ status: 200, headers: new Headers(), body: answer(ask) });
    },
    bytes: () => Promise.reject(new Error('No bytes are asked for here.')),
    token: () => Promise.resolve('token'),
  };
  return { fhir, asked };
};
