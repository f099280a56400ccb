// Open: uploading by health ID, put together for a server.

import type { Publish } from '../../interactions/types.ts';
import { createClamd, type ClamdOptions } from './clamd.ts';
import { createLater, type Later, type LaterOptions } from './later.ts';
import { createPublish } from './publish.ts';
import type { Refiling } from './refile.ts';

export interface UploadOptions extends Pick<LaterOptions, 'context' | 'failed'> {
  readonly publishing: Omit<Refiling, 'scan'>;
  /** Where a ClamAV daemon listens; absent where nothing is scanned. */
  readonly clamd?: ClamdOptions | undefined;
}

export interface Uploads {
  readonly publish: Publish;
  readonly refiling: Refiling;
  readonly later: Later;
}

export const openUploads = ({ publishing, clamd, context, failed }: UploadOptions): Uploads => {
  const refiling = { ...publishing, ...(clamd ? { scan: createClamd(clamd) } : {}) };
  return {
    ...{ refiling, publish: createPublish(refiling) },
    later: createLater({ refiling, context, failed }),
  };
};
