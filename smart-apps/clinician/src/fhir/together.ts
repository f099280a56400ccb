// Together: the reads that several panels begin at the same moment go to the server as one batch: one round trip, and one of the
// six connections that a browser opens to a server over HTTP/1.1.
// https://hl7.org/fhir/R4/http.html#transaction

import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { failureOf } from '@meridian/ui/fhir/failure.ts';

/** Answers the resource at a path such as `Condition?patient=1`; throws its own FhirFailure, whatever became of the others. */
export type Together = (path: string) => Promise<FhirResource>;

interface Waiting {
  readonly path: string;
  readonly settle: (entry: BundleEntry | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** One for each client. */
export const togetherOf = (fhir: Fhir): Together => {
  const known = together.get(fhir);
  if (known !== undefined) return known;
  const made = createTogether(fhir);
  together.set(fhir, made);
  return made;
};

const together = new WeakMap<Fhir, Together>();

const createTogether = (fhir: Fhir): Together => {
  let waiting: Waiting[] = [];
  const send = (): void => {
    const all = waiting;
    waiting = [];
    void sendAll(fhir, all);
  };
  return (path) =>
    new Promise((resolve, reject) => {
      // All effects of one rendering run before the next turn of the loop.
      if (waiting.length === 0) setTimeout(send, 0);
      waiting.push({
        path,
        settle: (entry) => answer(entry, resolve, reject),
        fail: reject,
      });
    });
};

const sendAll = async (fhir: Fhir, waiting: readonly Waiting[]): Promise<void> => {
  try {
    const { body } = await fhir.ask({ method: 'POST', path: fhir.base, body: batchOf(waiting) });
    waiting.forEach(({ settle }, index) => settle((body as Bundle).entry?.[index]));
  } catch (error) {
    for (const { fail } of waiting) fail(error);
  }
};

const batchOf = (waiting: readonly Waiting[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'batch',
  entry: waiting.map(({ path }) => ({ request: { method: 'GET', url: path } })),
});

const answer = (
  entry: BundleEntry | undefined,
  resolve: (resource: FhirResource) => void,
  reject: (error: unknown) => void,
): void => {
  const status = Number.parseInt(entry?.response?.status ?? '500', 10);
  if (status < 300 && entry?.resource !== undefined) resolve(entry.resource as FhirResource);
  else reject(failureOf(status, entry?.response?.outcome ?? entry?.resource));
};
