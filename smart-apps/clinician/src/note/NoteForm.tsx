// NoteForm: one form for a whole visit; it is stored as a whole, or not at all.

import { useState, type SubmitEvent } from 'react';
import { Button, Group, Stack, Text } from '@mantine/core';
import { ErrorSummary, type FieldError } from '@meridian/ui/forms/ErrorSummary.tsx';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { Choice, Lines, Words } from '../writing/fields.tsx';
import { InNameOf } from '../writing/InNameOf.tsx';
import { faultsOf, type Note } from './note.ts';
import { ProblemFields } from './ProblemFields.tsx';
import { useNote, type Ending } from './useNote.ts';
import type { Visit } from './useVisit.ts';
import { VitalFields } from './VitalFields.tsx';

export interface NoteFormProps {
  readonly patient: string;
  readonly visit: Visit;
  readonly onWritten: (ending: Ending) => void;
}

export const NoteForm = ({ patient, visit, onWritten }: NoteFormProps) => {
  const { t } = useTranslation('note');
  const { note, change, send, sending } = useNote(patient, visit, onWritten);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const end = (ending: Ending): void => {
    const faults = faultsOf(note);
    setErrors(faults.map((field) => ({ field, text: t(`faults.${field}`) })));
    if (faults.length === 0 && !sending.isPending) send(ending);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    end('signed');
  };
  const again = (): void => {
    sending.reset();
    visit.again();
  };
  const errorOf = (field: string): string | undefined =>
    errors.find((error) => error.field === field)?.text;
  return (
    <form onSubmit={submit} noValidate aria-label={t('title')}>
      <ErrorSummary errors={errors} />
      <Stack>
        <InNameOf />
        <VisitLine visit={visit} />
        {visit.encounter === undefined ? <Begin {...{ note, change }} /> : null}
        <VitalFields
          measured={note.measured}
          errorOf={errorOf}
          change={(measured) => change({ ...note, measured })}
        />
        <ProblemFields
          problems={note.problems}
          change={(problems) => change({ ...note, problems })}
        />
        <Lines
          {...{ id: 'note-text', label: t('text'), hint: t('textHint'), value: note.text }}
          isRequired
          error={errorOf('note-text')}
          change={(text) => change({ ...note, text })}
        />
        <Failure error={sending.error} again={again} />
        <Group>
          <Button type="submit" loading={sending.isPending}>
            {t('sign')}
          </Button>
          <Button variant="default" disabled={sending.isPending} onClick={() => end('kept')}>
            {t('keep')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

interface BeginProps {
  readonly note: Note;
  readonly change: (note: Note) => void;
}

const Begin = ({ note, change }: BeginProps) => {
  const { t } = useTranslation('note');
  return (
    <Group grow align="flex-start" preventGrowOverflow={false}>
      <Words
        {...{ id: 'note-reason', label: t('reason'), value: note.reason }}
        change={(reason) => change({ ...note, reason })}
      />
      <Choice
        {...{ id: 'note-place', label: t('placeLabel'), value: note.place }}
        options={(['hospital', 'video'] as const).map((place) => [place, t(`place.${place}`)])}
        change={(place) => change({ ...note, place: place as Note['place'] })}
      />
    </Group>
  );
};

/** Which visit it is: nobody writes into another than they think. */
const VisitLine = ({ visit: { encounter, appointment } }: { readonly visit: Visit }) => {
  const { t } = useTranslation('note');
  const format = useFormat();
  const when = (moment: string | undefined): string => format.dateTime(moment);
  return (
    <>
      <Text size="sm">
        {encounter === undefined
          ? t('visit.new')
          : t(encounter.status === 'finished' ? 'visit.over' : 'visit.open', {
              when: when(encounter.period?.start),
            })}
      </Text>
      {appointment === undefined ? null : (
        <Text size="sm">{t('visit.booked', { when: when(appointment.start) })}</Text>
      )}
    </>
  );
};
