export * from './date';
export * from './list';
export * from './number';
export * from './parseDate';
