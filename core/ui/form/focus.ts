/** Puts the reader where the form is wrong, once the errors stand on the page. */
export function focusFirstWrong(formId: string) {
  requestAnimationFrame(() =>
    document
      .getElementById(formId)
      ?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error="true"] input')
      ?.focus(),
  );
}
