// EditPage: when one doctor can be booked: a form with what comes of it beside it; nobody's change is lost.

import { useRead, useWrite } from '@meridian/ui/fhir/hooks.ts';
import { update } from '@meridian/ui/fhir/write.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Group, Switch, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Schedule } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { formOf } from './form.ts';
import { nameOf } from './schedule.ts';
import { RulesForm } from './RulesForm.tsx';
import { usePrice } from './usePrice.ts';

export const EditPage = ({ params: { id = '' } }: PageProps) => {
  const { t } = useTranslation('availability');
  const { data: schedule, error, isLoading, refetch } = useRead<Schedule>('Schedule', id);
  if (isLoading) return <Loading />;
  if (schedule === undefined) return <Failure error={error} again={() => void refetch()} />;
  return (
    <>
      <PageTitle>{nameOf(schedule).doctor || t('title')}</PageTitle>
      <Editing schedule={schedule} />
    </>
  );
};

const Editing = ({ schedule }: { readonly schedule: Schedule }) => {
  const { t } = useTranslation('availability');
  const queries = useQueryClient();
  const price = useFormat().money(usePrice(schedule));
  const saving = useWrite(update<Schedule>, ['Schedule', 'Appointment']);
  const readAgain = async () => {
    await queries.invalidateQueries({ queryKey: ['Schedule'] });
    saving.reset();
  };
  return (
    <>
      <Group mb="md">
        <Switch
          label={t('active')}
          checked={schedule.active !== false}
          disabled={saving.isPending}
          onChange={({ currentTarget }) =>
            saving.mutate({ ...schedule, active: currentTarget.checked })
          }
        />
        {price === '' ? null : <Text size="sm">{t('priceIs', { price })}</Text>}
      </Group>
      <RulesForm
        schedule={schedule}
        initial={formOf(schedule)}
        isBusy={saving.isPending}
        isSaved={saving.isSuccess}
        error={saving.error}
        onReadAgain={() => void readAgain()}
        onSave={(changed, done) => saving.mutate(changed, { onSuccess: done })}
      />
    </>
  );
};
