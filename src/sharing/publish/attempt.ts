// Attempt: everything that filing an upload takes, in its order: bytes, rehearsal, the patient, the commit, the notice.

import { serversPermit, type Permit } from '../../access/permit.ts';
import { Problem } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { ResolveHealthId } from '../../health-id/resolve.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import type { Written } from '../../interactions/transaction/commit.ts';
import type { Context } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import type { NotifyPatient } from '../notify-patient.ts';
import { agrees } from './agrees.ts';
import { file, whomOf, withWhom } from './file.ts';
import type { Identification } from './identification.ts';
import { rehearse } from './rehearse.ts';
import type { Scan } from './scan.ts';
import { submissionSetOf } from './submission-set.ts';
import { takeBytes } from './take-bytes.ts';
import { pathOf, type Upload } from './upload.ts';

export interface Publishing {
  /** The network's own identifier system. */
  readonly system: string;
  readonly resolve: ResolveHealthId;
  readonly notify: NotifyPatient;
  /** Absent where nothing is scanned. */
  readonly scan?: Scan | undefined;
}

export interface Attempt {
  readonly publishing: Publishing;
  readonly upload: Upload;
  /** Asked only for what is valid and allowed whoever is found. */
  readonly choose: () => Promise<Chosen | undefined>;
  /** What is written in the same commit. */
  readonly closing?: (entries: readonly Entry[]) => readonly Entry[];
}

export interface Chosen {
  readonly patient: Version;
  /** The health ID under which the patient is named in what is filed. */
  readonly number?: string | undefined;
}

export interface Filed {
  readonly patient: Version;
  readonly written: readonly Written[];
}

/** undefined when nobody was found: then nothing was written. */
export const attempt = async (
  { publishing, upload, choose, closing }: Attempt,
  permit: Permit,
  around: Context,
): Promise<Filed | undefined> => {
  // What the upload writes itself is a transaction as any other.
  const context = { ...around, publish: undefined };
  const work = { upload, publishing, permit, context };
  return withBytes(work, async (entries) => {
    const logical = whomOf(upload, publishing.system, { number: upload.identification.number });
    const rehearsed = entries.map((entry) => withWhom(entry, logical));
    await rehearse(rehearsed, upload.request, permit, context).catch(asSent(upload));
    const chosen = await choose();
    if (!chosen) return undefined;
    const filing = { ...publishing, ...chosen, upload, entries, closing };
    const written = await file(filing, permit, context).catch(asSent(upload));
    return { patient: chosen.patient, written };
  });
};

/** The one with the number, if what is said of the person agrees. Numbers that do not fit are counted as look-ups that miss. */
export const findPatient = async (
  { number, patients }: Identification,
  { resolve }: Publishing,
  { caller }: Permit,
  { meter }: Context,
): Promise<Chosen | undefined> => {
  if (caller) meter?.checkLookUp(caller);
  const found = await resolve(number);
  const patient = found.kind === 'known' ? found.version : undefined;
  const isSame = agrees(patients, patient && (JSON.parse(patient.text) as Resource));
  if (isSame && patient) return { patient, number };
  if (caller) meter?.missedLookUp(caller);
  return undefined;
};

interface Work {
  readonly upload: Upload;
  readonly publishing: Publishing;
  readonly permit: Permit;
  readonly context: Context;
}

/** Runs with the bytes of the upload staged; what was not filed in the end is discarded. */
const withBytes = async <T>(
  { upload, publishing: { scan, system }, permit, context }: Work,
  run: (entries: readonly Entry[]) => Promise<T>,
): Promise<T> => {
  const staged: string[] = [];
  const { base } = upload.request;
  const own = serversPermit(permit);
  const named = upload.entries.map((entry) => ({
    ...entry,
    fullUrl: entry.fullUrl ?? `urn:uuid:${context.newId()}`,
  }));
  try {
    const taken = await takeBytes(named, {
      ...{ permit, own, scan, context, base, place: placeBehind(upload) },
      pathOf: (entry) => pathOf(entry, upload.kind),
      staged: (id) => staged.push(id),
    });
    return await run(withSubmissionSet(taken, { upload, system }, own, context));
  } finally {
    // Those that a version has adopted stay.
    if (staged.length > 0) await context.store.bytes.discard(staged);
  }
};

const placeBehind = ({ entries, persons }: Upload): number =>
  Math.max(...[...entries, ...persons].map(({ place }) => place)) + 1;

/** "Extract the document, create a Binary and SubmissionSet": for a document that came alone, with its bytes. */
const withSubmissionSet = (
  entries: readonly Entry[],
  { upload, system }: { readonly upload: Upload; readonly system: string },
  own: Permit,
  context: Context,
): readonly Entry[] => {
  const [entry, ...added] = entries;
  const isAlone = upload.kind === 'create' && entry?.request.path === 'DocumentReference';
  if (!isAlone || added.length === 0) return entries;
  const subject = { identifier: { system, value: upload.identification.number } };
  const list = submissionSetOf({ entry, place: entries.length, subject }, own, context);
  return [...entries, list];
};

/** What was sent alone knows of no Bundle. */
const asSent =
  ({ kind }: Upload) =>
  (error: unknown): never => {
    if (kind === 'create' && error instanceof Problem && error.cause instanceof Problem)
      throw error.cause;
    throw error;
  };
