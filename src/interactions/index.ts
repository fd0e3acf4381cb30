export * from './interaction.js';
export * from './interactions.module.js';
export * from './interactions.service.js';
