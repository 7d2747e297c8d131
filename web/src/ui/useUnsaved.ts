import { useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { useConfirm } from './ConfirmProvider';
import { useTexts } from './useTexts';

/** Asks before something typed is thrown away: `if (await askToDiscard()) ...` */
export function useAskToDiscard(): () => Promise<boolean> {
  const confirm = useConfirm();
  const { t } = useTexts();
  return useCallback(
    () =>
      confirm({
        title: t('ui.unsavedTitle'),
        message: t('ui.unsavedHelp'),
        confirm: t('ui.discard'),
        danger: true,
      }),
    [confirm, t],
  );
}

/** While there is something unsaved, going to another page or closing the tab asks first. */
export function useUnsaved(unsaved: boolean): void {
  const ask = useAskToDiscard();
  const now = useRef(unsaved);
  useEffect(() => {
    now.current = unsaved;
  }, [unsaved]);
  const shouldBlockFn = useCallback(async () => now.current && !(await ask()), [ask]);
  useBlocker({ shouldBlockFn, enableBeforeUnload: unsaved, disabled: !unsaved });
}
