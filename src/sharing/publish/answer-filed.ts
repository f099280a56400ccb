// Answer filed: what the sender of an upload is told, as a create or a transaction is answered.
// https://profiles.ihe.net/ITI/MHD/ITI-65.html#23654222-message-semantics

import type { Permit } from '../../access/permit.ts';
import { bundleText, type BundleEntry } from '../../fhir/bundle.ts';
import { versionHeaders, writeResponse } from '../../interactions/answers.ts';
import { statusText } from '../../interactions/bundle/status-text.ts';
import { locate } from '../../interactions/locate.ts';
import { answerWrite } from '../../interactions/transaction/answer.ts';
import type { Written } from '../../interactions/transaction/commit.ts';
import type { Context, FhirResponse, Part } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import type { Filed } from './attempt.ts';
import type { Upload } from './upload.ts';

export const answerFiled = async (
  upload: Upload,
  { written, patient }: Filed,
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
