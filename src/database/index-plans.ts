/**
 * A plan that was made while its table was small scans the table, and a prepared statement keeps it while the table
 * grows. Every statement of ours has an index, so that none needs to scan.
 */
export const INDEX_PLANS = 'enable_seqscan=off';
