import type { Field } from '../../record/define/fields.ts';

export interface FieldInputProps {
  name: string;
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  error?: string | undefined;
  required?: boolean;
  autoFocus?: boolean;
  /** Shows no label of its own (it stands beside already); the label stays for screen readers. */
  bare?: boolean;
}
