// Publish: what names its patient by health ID is filed with that patient, or held when the name and birth date do not fit.
// https://profiles.ihe.net/ITI/MHD/

import type { Permit } from '../../access/permit.ts';
import { Problem } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { ResolveHealthId } from '../../health-id/resolve.ts';
import { versionHeaders } from '../../interactions/answers.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import { preferredReturn } from '../../interactions/prefer.ts';
import type { Context, FhirRequest, FhirResponse, Publish } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import type { NotifyPatient } from '../notify-patient.ts';
import { agrees } from './agrees.ts';
import { answerFiled, file, whomOf, withWhom } from './file.ts';
import { serversPermit } from './filing-permit.ts';
import { hold } from './hold.ts';
import type { Identification } from './identification.ts';
import { rehearse } from './rehearse.ts';
import type { Scan } from './scan.ts';
import { submissionSetOf } from './submission-set.ts';
import { takeBytes } from './take-bytes.ts';
import { namesByHealthId, pathOf, readUpload, type Upload } from './upload.ts';

export interface Publishing {
  /** The network's own identifier system. */
  readonly system: string;
  readonly resolve: ResolveHealthId;
  readonly notify: NotifyPatient;
  /** Absent where nothing is scanned. */
  readonly scan?: Scan | undefined;
}

export const createPublish =
  (publishing: Publishing): Publish =>
  async (request, permit, around) => {
    const { system } = publishing;
    if (permit.caller === undefined || !namesByHealthId(request, system)) return undefined;
    // What the upload writes itself is a transaction as any other.
    const context = { ...around, publish: undefined };
    const upload = readUpload(request, system, permit, context);
    return withBytes({ upload, publishing, permit, context }, async (entries) => {
      // Before anybody is looked up: whoever has the number, the same is refused.
      const logical = whomOf(upload, system);
      const rehearsed = entries.map((entry) => withWhom(entry, logical));
      await rehearse(rehearsed, request, permit, context).catch(asSent(upload));
      const patient = await findPatient(upload.identification, publishing, permit, context);
      if (!patient) return held({ request, upload, system }, permit, context);
      const filing = { ...publishing, upload, entries, patient };
      const written = await file(filing, permit, context).catch(asSent(upload));
      return answerFiled(written, filing, permit, context);
    });
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
  try {
    const taken = await takeBytes(upload.entries, {
      ...{ permit, own, scan, context, base },
      pathOf: (entry) => pathOf(entry, upload.kind),
      staged: (id) => staged.push(id),
    });
    return await run(withSubmissionSet(taken, { upload, system }, own, context));
  } finally {
    // Those that a version has adopted stay.
    if (staged.length > 0) await context.store.bytes.discard(staged);
  }
};

/** "Extract the document, create a Binary and SubmissionSet": for a document that came alone, with its bytes. */
const withSubmissionSet = (
  entries: readonly Entry[],
  { upload, system }: { readonly upload: Upload; readonly system: string },
  own: Permit,
  context: Context,
): readonly Entry[] => {
  const [first, ...added] = entries;
  const isAlone = upload.kind === 'create' && first?.request.path === 'DocumentReference';
  if (!isAlone || added.length === 0) return entries;
  const entry = { ...first, fullUrl: `urn:uuid:${context.newId()}` };
  const subject = { identifier: { system, value: upload.identification.number } };
  const list = submissionSetOf({ entry, place: entries.length, subject }, own, context);
  return [entry, ...added, list];
};

/** The one with the number, if what the upload says of the person agrees. Numbers that do not fit are counted as look-ups that miss. */
const findPatient = async (
  { number, patients }: Identification,
  { resolve }: Publishing,
  { caller }: Permit,
  { meter }: Context,
): Promise<Version | undefined> => {
  if (caller) meter?.checkLookUp(caller);
  const found = await resolve(number);
  const patient = found.kind === 'known' ? found.version : undefined;
  const isSame = agrees(patients, patient && (JSON.parse(patient.text) as Resource));
  if (isSame) return patient;
  if (caller) meter?.missedLookUp(caller);
  return undefined;
};

interface HeldUpload {
  readonly request: FhirRequest;
  readonly upload: Upload;
  readonly system: string;
}

/** 202 with the Task: the same for a number that nobody has and for one that belongs to somebody else. */
const held = async (
  { request, upload: { identification }, system }: HeldUpload,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const task = await hold({ request, identification, system }, permit, context);
  const location = `${request.base}/Task/${task.id}`;
  const answer = { status: 202, headers: { ...versionHeaders(task), location }, shown: [task] };
  const isBrief = preferredReturn(request.headers['prefer']) === 'minimal';
  return isBrief ? answer : { ...answer, text: task.text };
};

/** What was sent alone knows of no Bundle. */
const asSent =
  ({ kind }: Upload) =>
  (error: unknown): never => {
    if (kind === 'create' && error instanceof Problem && error.cause instanceof Problem)
      throw error.cause;
    throw error;
  };
