export * from './audit-actions.js';
export * from './audit-record.entity.js';
export * from './audit.module.js';
export * from './audit.service.js';
export * from './changes.js';
