import { fileURLToPath } from 'node:url';

/** The reference host behind its adapter: an executable that needs nothing but Node. */
export const REFERENCE_HOST = fileURLToPath(new URL('./adapter/main.js', import.meta.url));

/** The folder of broken hosts, one for each fault, named after it; each takes the flags of `REFERENCE_HOST`. */
export const HOST_ZOO = fileURLToPath(new URL('./zoo/', import.meta.url));
