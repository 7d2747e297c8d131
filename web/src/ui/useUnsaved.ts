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

interface Place {
  pathname: string;
  search: Record<string, unknown>;
}

interface Unsaved {
  /** Says of the search parts of one page's address, before and after, that nothing is lost. */
  keeps?: (from: Record<string, unknown>, to: Record<string, unknown>) => boolean;
  /** Waits a moment for what is on its way; true when something is unsaved all the same. */
  settle?: () => Promise<boolean>;
}

/** While there is something unsaved, going to another page or closing the tab asks first. */
export function useUnsaved(unsaved: boolean, { keeps, settle }: Unsaved = {}): void {
  const ask = useAskToDiscard();
  const now = useRef(unsaved);
  useEffect(() => {
    now.current = unsaved;
  }, [unsaved]);
  const shouldBlockFn = useCallback(
    async ({ current, next }: { current: Place; next: Place }) => {
      if (!now.current || (keeps && current.pathname === next.pathname && keeps(current.search, next.search)))
        return false;
      if (settle && !(await settle())) return false;
      return !(await ask());
    },
    [ask, keeps, settle],
  );
  useBlocker({ shouldBlockFn, enableBeforeUnload: unsaved, disabled: !unsaved });
}
