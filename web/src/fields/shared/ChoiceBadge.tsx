import classes from './fields.module.css';

/** A choice: coloured, and readable without the colour. */
export function ChoiceBadge({ color, children }: { color?: string; children: string }) {
  return (
    <span className={classes.badge} data-color={color}>
      {children}
    </span>
  );
}
