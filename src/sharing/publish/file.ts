// File: the entries of an upload, written as those of one transaction about the Patient who was found.

import type { Permit } from '../../access/permit.ts';
import { bundleText, type BundleEntry } from '../../fhir/bundle.ts';
import { Problem } from '../../fhir/problem.ts';
import { versionHeaders, writeResponse } from '../../interactions/answers.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import { statusText } from '../../interactions/bundle/status-text.ts';
import { locate } from '../../interactions/locate.ts';
import { answerWrite } from '../../interactions/transaction/answer.ts';
import type { Written } from '../../interactions/transaction/commit.ts';
import { writeEntries } from '../../interactions/transaction.ts';
import type { Context, FhirResponse, Part } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import type { NotifyPatient } from '../notify-patient.ts';
import { filingPermit, serversPermit } from './filing-permit.ts';
import { keepKnown } from './known-documents.ts';
import { referTo, type Whom } from './refer-to.ts';
import { supersede } from './supersede.ts';
import { pathOf, reportTypes, type Upload } from './upload.ts';

export interface Filing {
  readonly upload: Upload;
  /** Those of the upload with what the server adds, their bytes taken out. */
  readonly entries: readonly Entry[];
  readonly system: string;
  readonly patient: Version;
  readonly notify: NotifyPatient;
}

/** All or nothing. Throws what makes it impossible; then the patient is told nothing. */
export const file = async (
  filing: Filing,
  permit: Permit,
  context: Context,
): Promise<readonly Written[]> => {
  const written = await writeAll(filing, permit, context);
  const report = written.find(isFiled);
  if (report?.version) {
    const { type, id } = report.version;
    await filing.notify(filing.patient.id, {
      ...{ kind: 'report-filed', about: `${type}/${id}` },
      text: 'A report was uploaded to your record by your health ID.',
    });
  }
  return written;
};

const writeAll = async (
  filing: Filing,
  permit: Permit,
  context: Context,
): Promise<readonly Written[]> => {
  const { upload, patient } = filing;
  const place = (entry: Entry): string => pathOf(entry, upload.kind);
  const about = {
    ...{ patient: `Patient/${patient.id}`, permit, own: serversPermit(permit), context },
    pathOf: place,
  };
  const entries = aboutWhom(filing);
  const rights = filingPermit(permit, patient, context);
  for (let tries = 1; ; tries += 1) {
    const kept = await keepKnown(entries, about);
    const all = [...kept, ...(await supersede(kept, about))];
    try {
      return await writeEntries(all, upload.request, rights, context);
    } catch (error) {
      // Somebody has filed the same at the same moment: now it is known.
      if (!(error instanceof Problem) || error.status !== 409 || tries === most) throw error;
    }
  }
};

const most = 3;

const aboutWhom = ({ upload, entries, system, patient }: Filing): readonly Entry[] => {
  const whom = whomOf(upload, system, `Patient/${patient.id}`);
  return entries.map((entry) => withWhom(entry, whom));
};

export const whomOf = (
  { persons, identification: { number } }: Upload,
  system: string,
  reference?: string,
): Whom => ({
  ...{ system, number, names: persons.flatMap(({ fullUrl }) => fullUrl ?? []) },
  ...(reference === undefined ? {} : { reference }),
});

export const withWhom = (entry: Entry, whom: Whom): Entry => {
  const { request } = entry;
  if (!request.body || request.body.plain.resourceType === 'Binary') return entry;
  return { ...entry, request: { ...request, body: referTo(request.body, whom) } };
};

const isFiled = ({ write, version }: Written): boolean =>
  version !== undefined &&
  write.kind === 'put' &&
  write.method === 'POST' &&
  write.entry.permit === undefined &&
  reportTypes.has(write.type) &&
  write.type !== 'List';

/** As a create and as a transaction are answered. */
export const answerFiled = async (
  written: readonly Written[],
  { upload, patient }: Pick<Filing, 'upload' | 'patient'>,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const shown = written.flatMap(({ version }) => (version ? [version] : []));
  if (upload.kind === 'create')
    return { ...(await answerCreate(written, upload, permit, context)), shown };
  const { request, entries, persons } = upload;
  const sent = new Set(entries.map(({ place }) => place));
  const answers: readonly (BundleEntry & { readonly place: number })[] = [
    ...written
      .filter(({ write }) => sent.has(write.entry.place))
      .map((each) => ({ place: each.write.entry.place, ...answerWrite(each, request) })),
    ...persons.map(({ place }) => ({ place, ...answerPerson(patient) })),
  ].sort((one, other) => one.place - other.place);
  const text = bundleText({
    ...{ type: 'transaction-response', id: context.newId(), entries: answers },
  });
  const list = written.map(partOf);
  return { status: 200, text, parts: { kind: 'transaction', list } };
};

const partOf = ({ write, version }: Written): Part => ({
  request: write.entry.request,
  status: 200,
  shown: version ? [version] : [],
});

/** It was not written: it has said whose the others are. */
const answerPerson = ({ type, id }: Version): BundleEntry => ({
  response: { status: statusText(200), location: `${type}/${id}` },
});

const answerCreate = async (
  written: readonly Written[],
  { request, entries }: Upload,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const { write, version, issues } = written.find(
    (each) => each.write.entry.place === entries[0]!.place,
  )!;
  if (!version) throw new Error('An upload has written nothing.');
  if (write.kind !== 'kept') return writeResponse(request, { status: 201, version, issues });
  // Others of the organization may have filed it; whoever may not read it learns that it is there, and nothing else.
  if (await locate(version, permit, context))
    return writeResponse(request, { status: 200, version });
  const location = `${request.base}/${version.type}/${version.id}/_history/${version.version}`;
  return { status: 200, headers: { ...versionHeaders(version), location } };
};
