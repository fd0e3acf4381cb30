export * from './logout-deliveries.service.js';
export * from './logout-deliverer.js';
export * from './logout-delivery.module.js';
