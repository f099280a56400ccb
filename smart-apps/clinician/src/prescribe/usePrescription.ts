// usePrescription: a prescription while it is written: its medicines, what warns against each, what is missing, and sending it.

import { useState } from 'react';
import type { CodeableConcept } from 'fhir/r4';
import type { UseMutationResult } from '@tanstack/react-query';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { conceptOf } from '../writing/chosen.ts';
import { transact } from '../writing/transaction.ts';
import { useEncounter } from '../writing/useEncounter.ts';
import { useOwnRole } from '../writing/useOwnRole.ts';
import { newDraft, type Draft } from './draft.ts';
import { faultsOf, type Fault } from './faults.ts';
import { nameOf, type Line } from './line.ts';
import { entriesOf, type PrescribedLine } from './request.ts';
import type { Known } from './useKnown.ts';
import { useLineWords } from './useLineWords.ts';
import { warningsFor, type Warning } from './warnings.ts';

export interface Prescription {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  readonly warnings: readonly (readonly Warning[])[];
  /** Of each line, once it was tried to send it. */
  readonly faults: readonly (readonly Fault[])[];
  /** Tried before everything that could warn was read. */
  readonly isTooEarly: boolean;
  readonly send: (onDone: (references: readonly string[]) => void) => void;
  readonly sending: UseMutationResult<readonly string[], Error, readonly PrescribedLine[]>;
}

export interface PrescriptionStart {
  readonly patient: string;
  readonly known: Known;
  readonly begins?: Omit<Line, 'key'> | undefined;
}

export const newKey = (): string => crypto.randomUUID();

export const usePrescription = ({ patient, known, begins }: PrescriptionStart): Prescription => {
  const words = useLineWords();
  const encounter = useEncounter();
  const { reference: requester } = useOwnRole();
  const [first] = useState(() => firstDraft(begins));
  const [draft, change, clear] = useDraft(`prescribe:${patient}:${begins?.renews ?? ''}`, first);
  const [tried, setTried] = useState<Draft>();
  const warnings = draft.lines.map((line) => warningsOf(line, draft, known));
  const faults = draft.lines.map((line, place) => faultsOf(line, warnings[place]!.length > 0));
  const sending = useWrite(
    (fhir, lines: readonly PrescribedLine[]) =>
      transact(
        fhir,
        entriesOf(lines, {
          ...{ patient, encounter, requester, group: draft.group },
          at: new Date().toISOString(),
        }),
      ),
    ['MedicationRequest', 'DetectedIssue'],
  );
  const send: Prescription['send'] = (onDone) => {
    setTried({ ...draft });
    if (!known.isWhole || faults.some((each) => each.length > 0)) return;
    const lines = draft.lines.map((line, place) => ({
      ...{ line, words, warnings: warnings[place]! },
    }));
    sending.mutate(lines, {
      onSuccess: (references) => {
        clear();
        onDone(references);
      },
      // What did arrive although the answer did not, warns from now on.
      onError: known.again,
    });
  };
  return {
    ...{ draft, change, warnings, send, sending },
    faults: tried === undefined ? faults.map(() => []) : faults,
    isTooEarly: tried !== undefined && !known.isWhole,
  };
};

const firstDraft = (begins: Omit<Line, 'key'> | undefined): Draft => {
  const draft = newDraft(newKey);
  return begins === undefined ? draft : { ...draft, lines: [{ ...begins, key: newKey() }] };
};

const warningsOf = (
  line: Line,
  { lines }: Draft,
  { allergies, requests, forbidden }: Known,
): readonly Warning[] =>
  warningsFor(conceptOfLine(line), {
    ...{ allergies, forbidden },
    requests: requests.filter(({ id }) => id !== line.renews),
    others: lines.filter((other) => other !== line).map(conceptOfLine),
  });

const conceptOfLine = (line: Line): CodeableConcept => conceptOf(line.medicine, nameOf(line));
