/** How a query came. The numbers are stored in the query log: never give one another meaning. */
export const TRANSPORT = { UDP: 0, TCP: 1, DOH: 2 } as const;
export type Transport = (typeof TRANSPORT)[keyof typeof TRANSPORT];
