/** What a made-up value is for. */
export type Style =
  /** The smallest valid one. */
  | { readonly name: 'smallest' }
  /** One that means nothing to a plugin: no device, user or key is called so. */
  | { readonly name: 'unlikely' }
  /** The n-th of a family of distinct ones, counted from 0. */
  | { readonly name: 'varied'; readonly n: number };

export const SMALLEST: Style = { name: 'smallest' };
export const UNLIKELY: Style = { name: 'unlikely' };
