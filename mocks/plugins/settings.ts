import type { Value, ValueStruct } from '../../harness/value/index.js';

/** The settings that a call of OnConfigurationUpdate changes. */
export function settingsIn(
  args: Value,
): { readonly Key: Value; readonly Value: Value; readonly UserID: Value }[] {
  const list = (args as ValueStruct)['Configuration'];
  return (Array.isArray(list) ? list : []).map((setting) => {
    const { Key = '', Value = '', UserID = '' } = setting as ValueStruct;
    return { Key, Value, UserID };
  });
}

/** Whether one of them has no key: what users leave out, and few authors think of. */
export function hasEmptyKey(args: Value): boolean {
  return settingsIn(args).some(({ Key }) => Key === '');
}
