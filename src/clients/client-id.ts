/** RFC 6749 Appendix A.1 without the space; anything else need not be looked for, and PostgreSQL refuses some of it. */
const CLIENT_ID = /^[\x21-\x7e]{1,200}$/;

/** Whether a client could have this client_id. */
export const isClientId = (text: string): boolean => CLIENT_ID.test(text);
