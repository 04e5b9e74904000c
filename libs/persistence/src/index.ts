export * from './database';
export * from './database-availability';
export * from './database.config';
export * from './delete-old';
export * from './group-commit';
export * from './migrations/migrations';
export * from './persistence.module';
export * from './pool/database-errors';
