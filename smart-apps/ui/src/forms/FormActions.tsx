// FormActions: the end of a form: what went wrong, if anything, and the buttons to send it or to leave it.

import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Failure, type FailureProps } from '../states/Failure.tsx';

export interface FormActionsProps extends Partial<FailureProps> {
  /** What is done, such as "Book"; by default "Save". */
  readonly submit?: string;
  /** While it is sent it cannot be sent again. */
  readonly isSending: boolean;
  readonly cancel?: (() => void) | undefined;
}

export const FormActions = ({ submit, isSending, cancel, error, ...failure }: FormActionsProps) => {
  const { t } = useTranslation('ui');
  return (
    <Stack gap="sm" mt="md">
      <Failure error={error} {...failure} />
      <Group>
        <Button type="submit" loading={isSending}>
          {submit ?? t('forms.save')}
        </Button>
        {cancel === undefined ? null : (
          <Button variant="default" onClick={cancel}>
            {t('forms.cancel')}
          </Button>
        )}
      </Group>
    </Stack>
  );
};
