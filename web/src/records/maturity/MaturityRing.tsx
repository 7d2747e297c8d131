import classes from './maturity.module.css';

const radius = 8;
const around = 2 * Math.PI * radius;

/** How much of a whole, as a ring. Says nothing by itself: a text stands beside it. */
export function MaturityRing({ percent, size = 20 }: { percent: number; size?: number }) {
  return (
    <svg className={classes.ring} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r={radius} className={classes.ringRest} />
      <circle
        cx="10"
        cy="10"
        r={radius}
        className={classes.ringPart}
        strokeDasharray={`${(around * percent) / 100} ${around}`}
        transform="rotate(-90 10 10)"
      />
    </svg>
  );
}
