// PrescribeForm: the medicines of a prescription one below the other; all of them are prescribed at once, or none.

import { useState, type SubmitEvent } from 'react';
import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { ErrorSummary, type FieldError } from '@meridian/ui/forms/ErrorSummary.tsx';
import { FormActions } from '@meridian/ui/forms/FormActions.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Known } from './useKnown.ts';
import { faultsOf } from './faults.ts';
import { changed, withLine, withoutLine } from './draft.ts';
import { fieldId } from './field.ts';
import { LineFields } from './LineFields.tsx';
import {
  newKey,
  usePrescription,
  type Prescription,
  type PrescriptionStart,
} from './usePrescription.ts';

export const PrescribeForm = (start: PrescriptionStart) => {
  const { t } = useTranslation('prescribe');
  const [, go] = useLocation();
  const prescription = usePrescription(start);
  const { draft, change, warnings, faults, sending } = prescription;
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const fieldErrors = useFieldErrors(prescription);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setErrors(fieldErrors);
    prescription.send((references) =>
      go(`/patients/${start.patient}/prescriptions/${idsIn(references).join(',')}`),
    );
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t('form')}>
      <Title order={2} size="h5" mb="xs">
        {t(start.begins === undefined ? 'form' : 'formRenew')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('notComplete')}
      </Text>
      <ErrorSummary errors={errors} />
      <Stack>
        {draft.lines.map((line, place) => (
          <LineFields
            key={place}
            {...{ place, line, warnings: warnings[place]!, faults: faults[place]! }}
            change={(next) => change(changed(draft, { place, line: next }, newKey))}
            remove={draft.lines.length === 1 ? undefined : () => change(withoutLine(draft, place))}
          />
        ))}
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          style={{ alignSelf: 'start' }}
          onClick={() => change(withLine(draft, newKey))}
        >
          {t('add')}
        </Button>
      </Stack>
      <Failure error={start.known.error} again={start.known.again} />
      {prescription.isTooEarly ? (
        <Alert role="alert" color="orange" mt="md" title={t('tooEarly')} />
      ) : null}
      <FormActions
        submit={t('submit')}
        isSending={sending.isPending || isReading(start.known)}
        error={sending.error}
      />
    </form>
  );
};

/** What is wrong with it as it stands. */
const useFieldErrors = ({ draft, warnings }: Prescription): readonly FieldError[] => {
  const { t } = useTranslation('prescribe');
  return draft.lines.flatMap((line, place) =>
    faultsOf(line, warnings[place]!.length > 0).map(({ field, text }) => ({
      ...{ field: fieldId(place, field), text: t(`faults.${text}`) },
    })),
  );
};

/** What could warn is still on its way. */
const isReading = ({ isWhole, error }: Known): boolean => !isWhole && error === null;

/** Those of the prescription, not of what warned. */
const idsIn = (references: readonly string[]): readonly string[] =>
  references
    .filter((reference) => reference.startsWith('MedicationRequest/'))
    .map((reference) => reference.slice('MedicationRequest/'.length));
