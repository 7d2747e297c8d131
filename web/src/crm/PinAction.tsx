import { useEffect, useRef } from 'react';
import { usePins } from '@/records/pins';
import type { RecordSlotProps } from '@/records/slots';
import { notifyDone, useTexts } from '@/ui';

/** Pins a record, or takes the pin off: done as soon as it is chosen. */
export function PinAction({ object, record, onClose }: RecordSlotProps & { onClose: () => void }) {
  const { t } = useTexts();
  const { isPinned, toggle } = usePins();
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    const pin = { object: object.key, id: record.id };
    notifyDone(t(isPinned(pin) ? 'crm.pin.off' : 'crm.pin.on', { title: record.title }));
    toggle(pin);
    onClose();
  });
  return null;
}
