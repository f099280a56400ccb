// File: the entries of an upload, written as those of one transaction about the Patient who was found.

import { serversPermit, type Permit } from '../../access/permit.ts';
import { Problem } from '../../fhir/problem.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import type { Written } from '../../interactions/transaction/commit.ts';
import { writeEntries } from '../../interactions/transaction.ts';
import type { Context } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import type { NotifyPatient } from '../notify-patient.ts';
import { filingPermit } from './filing-permit.ts';
import { keepKnown } from './keep-known.ts';
import { referTo, type Whom } from './refer-to.ts';
import { supersede } from './supersede.ts';
import { pathOf, reportTypes, type Upload } from './upload.ts';

export interface Filing {
  readonly upload: Upload;
  /** Those of the upload with what the server adds, their bytes taken out. */
  readonly entries: readonly Entry[];
  readonly system: string;
  readonly patient: Version;
  /** Under which the patient is named beside the reference; without it by the reference alone. */
  readonly number?: string | undefined;
  readonly notify: NotifyPatient;
  /** What else is written in the same commit; the entries have a `fullUrl` each. */
  readonly closing?: ((entries: readonly Entry[]) => readonly Entry[]) | undefined;
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
  const { upload, patient, closing } = filing;
  const place = (entry: Entry): string => pathOf(entry, upload.kind);
  const about = {
    ...{ patient: `Patient/${patient.id}`, permit, own: serversPermit(permit), context },
    pathOf: place,
  };
  const named = aboutWhom(filing);
  const rights = filingPermit(permit, patient, context);
  for (let tries = 1; ; tries += 1) {
    const kept = await keepKnown(named, about);
    const all = [...kept, ...(await supersede(kept, about))];
    try {
      const entries = [...all, ...(closing?.(all) ?? [])];
      return await writeEntries(entries, upload.request, rights, context);
    } catch (error) {
      // Somebody has filed the same at the same moment: now it is known.
      if (!(error instanceof Problem) || error.status !== 409 || tries === most) throw error;
    }
  }
};

const most = 3;

const aboutWhom = ({ upload, entries, system, patient, number }: Filing): readonly Entry[] => {
  const reference = `Patient/${patient.id}`;
  const whom = whomOf(upload, system, number === undefined ? { reference } : { reference, number });
  return entries.map((entry) => withWhom(entry, whom));
};

export const whomOf = (
  { persons }: Upload,
  system: string,
  named: Pick<Whom, 'number' | 'reference'>,
): Whom => ({ ...named, system, names: persons.flatMap(({ fullUrl }) => fullUrl ?? []) });

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
