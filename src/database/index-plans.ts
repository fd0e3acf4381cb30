/**
 * A plan that was made while its table was small scans the table, and a prepared statement keeps it while the table
 * grows. Every statement of ours has an index, so that none needs to scan.
 */
export const INDEX_PLANS = 'enable_seqscan=off';

/**
 * Few statements scan a small table all the same, and the setting above makes them look so dear that PostgreSQL would
 * compile each one: a second of a processor for a tenth of a millisecond's work.
 */
export const NO_COMPILING = 'jit=off';
