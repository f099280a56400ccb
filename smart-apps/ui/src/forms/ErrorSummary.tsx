// ErrorSummary: everything that is not right in a form, in one place, each with the way to its field. WCAG 2.2, 3.3.1.

import { useEffect, useRef } from 'react';
import { Alert, Anchor, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface FieldError {
  /** The id of the field's control. */
  readonly field: string;
  readonly text: string;
}

/** Takes the focus when errors come up, so that they are read aloud. Shows nothing where there are none. */
export const ErrorSummary = ({ errors }: { readonly errors: readonly FieldError[] }) => {
  const { t } = useTranslation('ui');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <Alert ref={box} tabIndex={-1} role="alert" color="red" title={t('forms.errors')} mb="md">
      <List size="sm">
        {errors.map(({ field, text }) => (
          <List.Item key={field}>
            <Anchor
              href={`#${field}`}
              size="sm"
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(field)?.focus();
              }}
            >
              {text}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
};
