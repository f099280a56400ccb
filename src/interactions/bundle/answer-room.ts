// Room for the answers of a Bundle: its reads together give no more than one body may have, however many there are.
// https://hl7.org/fhir/R4/http.html#transaction-response

import { tooCostly } from '../../fhir/problem.ts';
import type { FhirRequest, FhirResponse } from '../types.ts';

export interface AnswerRoom {
  /** Runs a read; throws 400 instead when those before it have filled the room. */
  read(run: () => Promise<FhirResponse>): Promise<FhirResponse>;
}

export const createAnswerRoom = ({ bodyBytes }: { readonly bodyBytes: number }): AnswerRoom => {
  let left = bodyBytes;
  return {
    read: async (run) => {
      if (left <= 0)
        throw tooCostly(
          `The reads before have given more than ${String(bodyBytes)} bytes (LIMIT_BODY_BYTES); ask in another Bundle.`,
        );
      const response = await run();
      left -= response.text?.length ?? 0;
      return response;
    },
  };
};

/** A GET, or a search by POST. */
export const isRead = ({ method, path }: Pick<FhirRequest, 'method' | 'path'>): boolean =>
  method === 'GET' || method === 'HEAD' || (method === 'POST' && /(^|\/)_search$/.test(path));
