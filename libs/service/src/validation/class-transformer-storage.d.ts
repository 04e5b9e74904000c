/** class-transformer ships these types, and the module, but does not tie them together. */
declare module 'class-transformer/cjs/storage' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage';
}
