import type { InputProps } from '../kind';

/** What the inputs of all kinds have around the value: the label, said or only heard, and what is wrong. */
export function frameOf(props: InputProps) {
  return {
    id: props.id,
    label: props.hideLabel ? undefined : props.label,
    'aria-label': props.hideLabel ? props.label : undefined,
    withAsterisk: props.required,
    error: props.error,
  };
}
