// Fields: the controls of a form by their label: words, a choice, several lines. On phones they are the phone's own.

import { NativeSelect, Textarea, TextInput } from '@mantine/core';

export interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly hint?: string;
  readonly isRequired?: boolean;
  readonly change: (value: string) => void;
}

/** `decimal` and `numeric` bring up the keys for numbers; `date` is the calendar. */
export const Words = ({
  change,
  hint,
  isRequired = false,
  kind = 'text',
  ...props
}: FieldProps & { readonly kind?: 'text' | 'decimal' | 'numeric' | 'date' }) => (
  <TextInput
    {...props}
    description={hint}
    withAsterisk={isRequired}
    aria-required={isRequired}
    autoComplete="off"
    type={kind === 'date' ? 'date' : 'text'}
    {...(kind === 'decimal' || kind === 'numeric' ? { inputMode: kind } : {})}
    onChange={({ currentTarget }) => change(currentTarget.value)}
  />
);

export const Lines = ({ change, hint, isRequired = false, ...props }: FieldProps) => (
  <Textarea
    {...props}
    description={hint}
    withAsterisk={isRequired}
    aria-required={isRequired}
    autosize
    minRows={2}
    onChange={({ currentTarget }) => change(currentTarget.value)}
  />
);

export const Choice = ({
  change,
  hint,
  options,
  isRequired = false,
  ...props
}: FieldProps & { readonly options: readonly (readonly [value: string, label: string])[] }) => (
  <NativeSelect
    {...props}
    description={hint}
    withAsterisk={isRequired}
    data={options.map(([value, label]) => ({ value, label }))}
    onChange={({ currentTarget }) => change(currentTarget.value)}
  />
);
