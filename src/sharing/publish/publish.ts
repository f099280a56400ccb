// Publish: what names its patient by health ID is filed with that patient, or held when the name and birth date do not fit.
// https://profiles.ihe.net/ITI/MHD/

import type { Permit } from '../../access/permit.ts';
import { versionHeaders } from '../../interactions/answers.ts';
import { preferredReturn } from '../../interactions/prefer.ts';
import type { Context, FhirResponse, Publish } from '../../interactions/types.ts';
import { attempt, findPatient, type Publishing } from './attempt.ts';
import { answerFiled } from './answer-filed.ts';
import { hold } from './hold.ts';
import { checkNamesSomebody, namesByHealthId, readUpload, type Upload } from './upload.ts';

export const createPublish =
  (publishing: Publishing): Publish =>
  async (request, permit, context) => {
    const { system } = publishing;
    if (permit.caller === undefined) return undefined;
    if (!namesByHealthId(request, system)) {
      checkNamesSomebody(request, permit);
      return undefined;
    }
    const upload = readUpload(request, system, permit, context);
    const choose = () => findPatient(upload.identification, publishing, permit, context);
    const filed = await attempt({ publishing, upload, choose }, permit, context);
    return filed
      ? answerFiled(upload, filed, permit, context)
      : held(upload, system, permit, context);
  };

/** 202 with the Task: the same for a number that nobody has and for one that belongs to somebody else. */
const held = async (
  { request, identification }: Upload,
  system: string,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const task = await hold({ request, identification, system }, permit, context);
  const location = `${request.base}/Task/${task.id}`;
  const answer = { status: 202, headers: { ...versionHeaders(task), location }, shown: [task] };
  const isBrief = preferredReturn(request.headers['prefer']) === 'minimal';
  return isBrief ? answer : { ...answer, text: task.text };
};
