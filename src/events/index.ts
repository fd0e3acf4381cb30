export * from './events.module.js';
export * from './events.service.js';
export * from './oauth-event-map.js';
export { OnOAuthEvent } from './on-oauth-event.decorator.js';
