// Send row: one file from its first byte to what came of it.

import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { FhirFailure, kindOf } from '@meridian/ui/fhir/failure.ts';
import { uhidSystemOf } from '@meridian/ui/identity/uhid-system.ts';
import { sendBytes } from '@meridian/ui/uploads/send-bytes.ts';
import { openWire } from '@meridian/ui/uploads/wire.ts';
import type { Task } from 'fhir/r4';
import { contentTypeOf, documentOf } from './document.ts';
import type { Row, RowState } from './row.ts';

export interface RowSending {
  /** Says for itself whose it is. */
  readonly row: Row;
  readonly signal: AbortSignal;
  readonly note: (of: Partial<Omit<Row, 'key' | 'file'>>) => void;
}

/** Never throws: everything that may happen is a state. */
export const sendRow = async (fhir: Fhir, sending: RowSending): Promise<void> => {
  const { row, signal, note } = sending;
  try {
    const binary = row.binary ?? (await sendFile(fhir, sending));
    note({ binary, state: { at: 'filing' } });
    const contentType = contentTypeOf(row.file);
    const system = await uhidSystemOf(fhir);
    const report = { title: row.title, addedAt: row.addedAt, binary, contentType, system };
    const { status, body } = await fhir.ask({
      ...{ method: 'POST', path: 'DocumentReference', signal },
      body: documentOf({ ...report, size: row.file.size }, row.own),
    });
    note({ state: stateOf(status, body) });
  } catch (error) {
    note({ state: signal.aborted ? { at: 'ready' } : failedAs(error) });
  }
};

const sendFile = (fhir: Fhir, { row, signal, note }: RowSending): Promise<string> => {
  note({ state: { at: 'sending', sent: 0 } });
  return sendBytes(openWire(fhir), {
    ...{ file: row.file, contentType: contentTypeOf(row.file), address: row.address, signal },
    onBegun: (address) => note({ address }),
    onSent: (sent) => note({ state: { at: 'sending', sent } }),
  });
};

export const stateOf = (status: number, body: unknown): RowState => {
  if (status === 202) return { at: 'held', task: (body as Task).id ?? '' };
  return { at: status === 200 ? 'known' : 'filed' };
};

export const failedAs = (error: unknown): RowState => {
  const kind = kindOf(error);
  return error instanceof FhirFailure && (kind === 'invalid' || kind === 'refused')
    ? { at: 'refused', why: error.message }
    : { at: 'failed', kind };
};
