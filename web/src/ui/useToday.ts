import { useEffect, useState } from 'react';
import { today } from './format/date';

/** The day in the reader's zone. It changes at midnight: a calendar stays open over night. */
export function useToday(): string {
  const [day, setDay] = useState(() => today());
  useEffect(() => {
    const timer = setInterval(() => setDay(today()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return day;
}
