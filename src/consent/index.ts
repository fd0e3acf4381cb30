export * from './consent.entity.js';
export * from './consent.module.js';
export * from './consent-policy.js';
export * from './consents.service.js';
export * from './remembering-consent.policy.js';
